import type { Below } from './seeded.ts';

export type TextDamage = {
  readonly pieces: readonly string[];
  readonly longestLoss: number;
  /** Damages that only this kind of line suffers. */
  readonly more: readonly ((text: string, at: number, below: Below) => string)[];
};

/** One to four damages to a line: a letter changed, letters lost, a piece put in, a cut, and the protocol's own. */
export function damageText(line: string, below: Below, { pieces, longestLoss, more }: TextDamage): string {
  let text = line;
  for (let damages = 1 + below(4); damages > 0; damages--) {
    const at = below(text.length + 1);
    const kind = below(4 + more.length);
    if (kind === 0) text = text.slice(0, at) + String.fromCharCode(below(256)) + text.slice(at + 1);
    else if (kind === 1) text = text.slice(0, at) + text.slice(at + 1 + below(longestLoss));
    else if (kind === 2) text = text.slice(0, at) + pieces[below(pieces.length)] + text.slice(at);
    else if (kind === 3) text = text.slice(0, at);
    else text = more[kind - 4]!(text, at, below);
  }
  return text;
}
