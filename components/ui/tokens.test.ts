import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');

type Rgb = readonly [number, number, number];

/** OKLCH to linear sRGB, by the published matrices; clipped to the gamut as a screen does. */
function linear([l, c, h]: readonly [number, number, number]): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const mid = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short),
    clip(-1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short),
    clip(-0.0041960863 * long - 0.7034186147 * mid + 1.707614701 * short),
  ];
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function tokensOf(theme: string): Map<string, number> {
  const block = css.split(`[data-theme="${theme}"] {`)[1]?.split('\n}')[0] ?? '';
  const found = [...block.matchAll(/--([a-z-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g)];
  return new Map(found.map(([, name, l, c, h]) => [name ?? '', luminance(linear([Number(l), Number(c), Number(h)]))]));
}

const hues = ['critical', 'serious', 'caution', 'notice', 'good'];
const surfaces = ['canvas', 'sunken', 'panel', 'raised', 'hover'];

describe.each(['light', 'dim', 'dark'])('colours of the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const contrast = (a: string, b: string) => {
    const [x, y] = [tokens.get(a), tokens.get(b)];
    if (x === undefined || y === undefined) throw new Error(`${theme} lacks ${a} or ${b}`);
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  };
  const under = (pairs: [string, string][], floor: number) =>
    pairs.filter(([a, b]) => contrast(a, b) < floor).map(([a, b]) => `${a} on ${b}: ${contrast(a, b).toFixed(2)}`);

  it('words reach 4.5:1 on every surface, main words 7:1', () => {
    const on = (ink: string) => surfaces.map((surface): [string, string] => [ink, surface]);
    expect(under(on('ink'), 7)).toEqual([]);
    expect(under([...on('ink-soft'), ...on('ink-faint')], 4.5)).toEqual([]);
    expect(
      under(
        [
          ['accent-text', 'accent-wash'],
          ['accent-text', 'panel'],
          ['ink-faint', 'accent-wash'],
          ['primary-ink', 'primary'],
          ['primary-ink', 'primary-hover'],
        ],
        4.5,
      ),
    ).toEqual([]);
  });

  it('each hue is readable as a fill, as words and on its wash', () => {
    const pairs = hues.flatMap((hue): [string, string][] => [
      [`${hue}-ink`, hue],
      [`${hue}-text`, 'panel'],
      [`${hue}-text`, 'raised'],
      [`${hue}-text`, 'hover'],
      [`${hue}-text`, `${hue}-wash`],
      ['ink', `${hue}-wash`],
      ['ink-faint', `${hue}-wash`],
    ]);
    expect(under(pairs, 4.5)).toEqual([]);
  });

  it('marks of unit statuses reach 3:1 on panels', () => {
    const marks = ['ready', 'called', 'moving', 'scene', 'carry', 'back', 'off', 'sos'];
    expect(
      under(
        marks.flatMap((mark): [string, string][] => [
          [`unit-${mark}`, 'panel'],
          [`unit-${mark}`, 'accent-wash'],
        ]),
        3,
      ),
    ).toEqual([]);
  });

  it('borders of controls and the focus ring reach 3:1', () => {
    expect(
      under(
        [
          ['line-strong', 'raised'],
          ['line-strong', 'panel'],
          ['accent', 'panel'],
          ['accent', 'raised'],
          ['accent', 'canvas'],
        ],
        3,
      ),
    ).toEqual([]);
  });
});

it('the dark-room themes have no surface brighter than a luminance of 0.08', () => {
  const bright = ['dim', 'dark'].flatMap((theme) =>
    surfaces.filter((surface) => (tokensOf(theme).get(surface) ?? 1) > 0.08),
  );
  expect(bright).toEqual([]);
});
