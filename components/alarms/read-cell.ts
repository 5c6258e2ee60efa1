/** Null where it is no number. */
export const numberIn = (text: string): number | null => {
  const value = Number(text.trim());
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
};

/** Names one after the other, separated as people do. */
export const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，、;；\n]+/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
];

type Point = [number, number];
const same = ([x, y]: Point, [a, b]: Point): boolean => x === a && y === b;

/** Rings of an area: one corner a line, longitude first, an empty line between rings; a ring that is open is closed. Null: that is none. */
export function ringsIn(text: string): Point[][] | null {
  const rings: Point[][] = [];
  for (const block of text.split(/\n\s*\n/)) {
    if (block.trim() === '') continue;
    const ring = block
      .trim()
      .split('\n')
      .map((line): Point => {
        const [lon = Number.NaN, lat = Number.NaN, ...rest] = line
          .trim()
          .split(/[\s,，]+/)
          .map(Number);
        return rest.length > 0 ? [Number.NaN, Number.NaN] : [lon, lat];
      });
    if (ring.flat().some((part) => !Number.isFinite(part))) return null;
    const [first, last] = [ring[0], ring.at(-1)];
    if (!first || !last) return null;
    const closed = same(first, last) ? ring : [...ring, first];
    if (closed.length < 4) return null;
    rings.push(closed);
  }
  return rings;
}

export const textOfRings = (rings: readonly (readonly (readonly [number, number])[])[]): string =>
  rings.map((ring) => ring.map(([lon, lat]) => `${lon} ${lat}`).join('\n')).join('\n\n');
