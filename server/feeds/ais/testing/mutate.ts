import { checked } from './build.ts';

/** Mulberry32: the same numbers on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pieces = [
  '!',
  '$',
  '\\',
  '*',
  ',',
  '\r\n',
  '\xff',
  '\x00',
  '!AIVDM,2,1,3,A,',
  '*00',
  'w',
  '0',
  'g:1-2-3',
  ',,,',
  '9',
];

/** One to four damages to a line. Three of four get a right checksum afterwards, so that the damage reaches the fields. */
export function mutate(line: string, random: () => number): string {
  const below = (limit: number) => Math.floor(random() * limit);
  let text = line;
  for (let damages = 1 + below(4); damages > 0; damages--) {
    const at = below(text.length + 1);
    const kind = below(6);
    if (kind === 0) text = text.slice(0, at) + String.fromCharCode(below(256)) + text.slice(at + 1);
    else if (kind === 1) text = text.slice(0, at) + text.slice(at + 1 + below(4));
    else if (kind === 2) text = text.slice(0, at) + pieces[below(pieces.length)] + text.slice(at);
    else if (kind === 3) text = text.slice(0, at);
    else if (kind === 4) text += text.slice(0, below(text.length + 1));
    else text = text.slice(0, at) + String.fromCharCode(0x30 + below(72)) + text.slice(at + 1);
  }
  const begin = text.indexOf('!');
  const star = text.lastIndexOf('*');
  return random() < 0.25 || begin === -1 || star < begin
    ? text
    : `${text.slice(0, begin)}!${checked(text.slice(begin + 1, star))}`;
}
