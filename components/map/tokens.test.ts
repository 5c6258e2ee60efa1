import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unitStatuses } from '@/server/domain/unit.ts';
import { baseTokens, inkTokens, mapThemes, priorityFill, rgb, unitColour, warningHue } from './tokens.ts';

const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const luminance = (hex: string) => {
  const [red, green, blue] = rgb(hex).map(linear) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a: string, b: string) => {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};

/** OKLCH as the page writes it → hex. */
function hexOf(l: number, c: number, h: number): string {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const mid = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * mid + 1.707614701 * short,
  ].reduce((hex, value) => {
    const part = Math.min(1, Math.max(0, value));
    const curved = part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055;
    return (
      hex +
      Math.round(curved * 255)
        .toString(16)
        .padStart(2, '0')
    );
  }, '#');
}

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');
function pageToken(theme: string, name: string): string {
  const block = css.split(`[data-theme="${theme}"] {`)[1]?.split('\n}')[0] ?? '';
  const found = new RegExp(`--${name}: oklch\\(([\\d.]+) ([\\d.]+) ([\\d.]+)\\);`).exec(block);
  return found ? hexOf(Number(found[1]), Number(found[2]), Number(found[3])) : '';
}

describe.each(mapThemes)('colours of the %s map', (theme) => {
  const tokens = baseTokens(theme);
  const grounds = [tokens.land, tokens.hill, tokens.water, tokens.outside, tokens.arterial];
  const under = (inks: Record<string, string>, floor: number) =>
    Object.entries(inks).flatMap(([name, ink]) =>
      grounds.flatMap((ground) =>
        contrast(ink, ground) < floor ? [`${name} on ${ground}: ${contrast(ink, ground).toFixed(2)}`] : [],
      ),
    );

  it('symbols reach 3:1 on every ground', () => {
    const units = Object.fromEntries([...unitStatuses, null].map((status) => [status, unitColour(theme, status)]));
    const warnings = Object.fromEntries(
      (['red', 'orange', 'yellow', 'blue'] as const).map((colour) => [colour, warningHue(theme, colour)]),
    );
    expect(under({ ...units, ...warnings, ...inkTokens(theme), panel: inkTokens(theme).ink }, 3)).toEqual([]);
  });

  it('words reach 4.5:1 on every ground', () => {
    const { label, labelSoft } = tokens;
    expect(under({ label, labelSoft }, 4.5)).toEqual([]);
    expect(contrast(tokens.labelWater, tokens.water)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens.labelHill, tokens.hill)).toBeGreaterThanOrEqual(4.5);
  });

  it('marks of a priority can be read', () => {
    for (const priority of ['P1', 'P2', 'P3', 'P4'] as const) {
      const { fill, ink } = priorityFill(theme, priority);
      expect(contrast(fill, ink)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('equal the colours of the page', () => {
    const pairs: [string, string][] = [
      ['unit-ready', unitColour(theme, 'available')],
      ['unit-called', unitColour(theme, 'assigned')],
      ['unit-moving', unitColour(theme, 'enRoute')],
      ['unit-scene', unitColour(theme, 'onScene')],
      ['unit-carry', unitColour(theme, 'transporting')],
      ['unit-back', unitColour(theme, 'returning')],
      ['unit-off', unitColour(theme, 'offDuty')],
      ['unit-sos', unitColour(theme, 'emergency')],
      ['critical', priorityFill(theme, 'P1').fill],
      ['critical-ink', priorityFill(theme, 'P1').ink],
      ['serious', priorityFill(theme, 'P2').fill],
      ['caution', priorityFill(theme, 'P3').fill],
    ];
    expect(pairs.map(([name]) => [name, pageToken(theme, name)])).toEqual(pairs);
  });
});
