import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { driftAt, heightMm, mapScale, pixelsFor, usualPanel, wallEm } from './wall-scale.ts';

const panel = (widthPx: number, heightPx: number) => ({ widthPx, heightPx, ...usualPanel });

describe('sizes on a wall', () => {
  it('are worked out from the panel: 20 arc-minutes at 6 m are 34.9 mm', () => {
    expect(heightMm(6, 20)).toBeCloseTo(34.91, 2);
    expect(heightMm(6, 25)).toBeCloseTo(43.63, 2);
  });

  it('hold 20 and 25 arc-minutes on 55 inches at 1080p, twice that at 4K, and the same upright', () => {
    expect(Math.round(wallEm(panel(1920, 1080), 'en'))).toBe(55);
    expect(Math.round(wallEm(panel(1920, 1080), 'zh'))).toBe(69);
    expect(wallEm(panel(3840, 2160), 'en')).toBeCloseTo(2 * wallEm(panel(1920, 1080), 'en'), 6);
    expect(wallEm(panel(1080, 1920), 'zh')).toBeCloseTo(wallEm(panel(1920, 1080), 'zh'), 6);
  });

  it('grow with the distance and shrink on a larger wall', () => {
    const near = { ...panel(1920, 1080), distanceM: 3 };
    expect(pixelsFor(near, 20)).toBeCloseTo(pixelsFor(panel(1920, 1080), 20) / 2, 1);
    expect(wallEm({ ...panel(1920, 1080), diagonalInch: 110 }, 'en')).toBeCloseTo(
      wallEm(panel(1920, 1080), 'en') / 2,
      6,
    );
  });

  it('keep the words of the base map at 16 arc-minutes', () => {
    expect(mapScale(panel(1920, 1080)) * 12.5).toBeCloseTo(pixelsFor(panel(1920, 1080), 16), 6);
  });

  it('drift by at most four pixels', () => {
    const places = Array.from({ length: 40 }, (_, step) => driftAt(step * 600_000));
    expect(Math.max(...places.flatMap(({ x, y }) => [x, y]))).toBe(4);
    expect(new Set(places.map(({ x, y }) => `${x},${y}`)).size).toBeGreaterThan(6);
  });
});

type Rgb = readonly [number, number, number];
/** OKLCH to linear sRGB, by the published matrices. */
function linear([l, c, h]: readonly [number, number, number]): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const [long, mid, short] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short),
    clip(-1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short),
    clip(-0.0041960863 * long - 0.7034186147 * mid + 1.707614701 * short),
  ];
}

describe('colours of the wall', () => {
  it('reach 7:1 for every pair of words and ground in use there', () => {
    const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');
    const block = css.split('[data-theme="dark"] {')[1]?.split('\n}')[0] ?? '';
    const tokens = new Map(
      [...block.matchAll(/--([a-z-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g)].map(([, name, l, c, h]) => {
        const [r, g, b] = linear([Number(l), Number(c), Number(h)]);
        return [name ?? '', 0.2126 * r + 0.7152 * g + 0.0722 * b];
      }),
    );
    const contrast = (a: string, b: string) => {
      const [x, y] = [tokens.get(a) ?? Number.NaN, tokens.get(b) ?? Number.NaN];
      return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
    };
    const words = ['ink', 'ink-soft', 'critical-text', 'serious-text', 'caution-text', 'notice-text', 'good-text'];
    const pairs = words.flatMap((word) => ['canvas', 'panel'].map((ground) => [word, ground] as const));
    expect(pairs.filter(([word, ground]) => !(contrast(word, ground) >= 7))).toEqual([]);
  });
});
