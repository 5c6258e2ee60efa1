import type { Below } from '../../testing/seeded.ts';

const pieces = [
  '\r\n',
  '\r\n\r\n',
  '\n',
  '<',
  '>',
  '</',
  '"',
  ':',
  ';',
  '&',
  '\0',
  '<![CDATA[',
  '<!--',
  ']]>',
  'l: 5\r\n',
  ' ',
  'MESSAGE sip:a@b SIP/2.0\r\n',
  '\xd0',
  '9',
];

/** One to four damages; half of the messages get their Content-Length put right afterwards, so that the damage reaches the document. */
export function mutate(frame: Uint8Array, below: Below): Uint8Array {
  let text = Buffer.from(frame).toString('latin1');
  for (let damages = 1 + below(4); damages > 0; damages--) {
    const at = below(text.length + 1);
    const kind = below(8);
    const [before, after] = [text.slice(0, at), text.slice(at)];
    if (kind === 0) text = before + String.fromCharCode(below(256)) + after.slice(1);
    else if (kind === 1)
      text = before + String.fromCharCode((after.charCodeAt(0) || 0) ^ (1 << below(8))) + after.slice(1);
    else if (kind === 2) text = before + after.slice(1 + below(40));
    else if (kind === 3) text = before + pieces[below(pieces.length)] + after;
    else if (kind === 4) text = before;
    else if (kind === 5) text = before + text.slice(below(text.length + 1)).slice(0, below(200)) + after;
    else if (kind === 6) text = before + after.replace(/\d+/, String(below(2) ? below(1_000_000) : -below(400)));
    else text = before + String.fromCharCode(...Array.from({ length: 1 + below(8) }, () => below(256))) + after;
  }
  if (below(2) === 0) {
    const end = /\r?\n\r?\n/.exec(text);
    if (end) {
      const body = text.length - end.index - end[0].length;
      text = text.replace(/^(Content-Length|l):[^\r\n]*/im, `$1: ${body}`);
    }
  }
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}
