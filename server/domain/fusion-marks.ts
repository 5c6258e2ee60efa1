import { addressOf } from './fusion-address.ts';
import type { FusionSubject } from './fusion-subject.ts';
import { normalise } from './fusion-text.ts';

const most = 40;

/** Two lanes of FNV-1a: enough to find a caller again by. It keeps the number from being read, not from being guessed. */
function digest(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (const one of text) {
    const code = one.codePointAt(0) ?? 0;
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}

/**
 * What a search can find a thing by besides its point. Of a name only the end is kept: callers put words before it, and the end stays
 * the same. Callers' lines are personal: digests of them.
 */
export function marksOf(subject: FusionSubject): readonly string[] {
  const { roads, estates, plates, rooms } = addressOf(normalise(subject.text));
  return [
    ...new Set([
      ...plates.map((plate) => `plate ${plate}`),
      ...subject.callers.slice(0, 10).map((line) => `caller ${digest(line)}`),
      ...(subject.device ? [`device ${subject.device}`] : []),
      ...estates.map((name) => `place ${name.slice(-4)}`),
      ...roads.map((name) => `road ${name.slice(-3)}`),
      ...(estates.length > 0 ? rooms.map((room) => `room ${room}`) : []),
    ]),
  ].slice(0, most);
}
