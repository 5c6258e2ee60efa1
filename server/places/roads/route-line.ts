import type { LonLat } from '@/server/domain/place.ts';
import type { Roads } from './roads.ts';

/** A piece of an arc, in shares of its length along the way it is driven. */
export type Part = { arc: number; from: number; to: number };

export function lineOf({ points, pointStart }: Roads, parts: readonly Part[]): LonLat[] {
  const line: LonLat[] = [];
  const add = (lon: number, lat: number) => {
    const last = line.at(-1);
    if (last && last[0] === lon && last[1] === lat) return;
    line.push([lon, lat]);
  };
  for (const { arc, from, to } of parts) {
    const segment = arc >>> 1;
    const own: LonLat[] = [];
    for (let i = pointStart[segment]!; i < pointStart[segment + 1]!; i += 1)
      own.push([points[i * 2]! / 1e7, points[i * 2 + 1]! / 1e7]);
    if (arc & 1) own.reverse();
    const squeeze = Math.cos(((own[0]?.[1] ?? 0) * Math.PI) / 180);
    const steps = own.slice(1).map((b, i) => Math.hypot((b[0] - own[i]![0]) * squeeze, b[1] - own[i]![1]));
    const whole = steps.reduce((sum, step) => sum + step, 0) || 1;
    let before = 0;
    const at = (share: number, i: number): LonLat => {
      const t = steps[i]! === 0 ? 0 : (share * whole - before) / steps[i]!;
      const [a, b] = [own[i]!, own[i + 1]!];
      return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
    };
    steps.forEach((step, i) => {
      const [low, high] = [before / whole, (before + step) / whole];
      if (high >= from && low <= to) {
        add(...(from > low ? at(from, i) : own[i]!));
        add(...(to < high ? at(to, i) : own[i + 1]!));
      }
      before += step;
    });
  }
  return line;
}

export function alongOf(
  { lengthM, name, names }: Roads,
  parts: readonly Part[],
): { name: string | null; metres: number }[] {
  const along: { name: string | null; metres: number }[] = [];
  for (const { arc, from, to } of parts) {
    const metres = lengthM[arc >>> 1]! * (to - from);
    const called = names[name[arc >>> 1]!] || null;
    const last = along.at(-1);
    if (last && last.name === called) last.metres += metres;
    else if (metres > 0) along.push({ name: called, metres });
  }
  return along.map((one) => ({ ...one, metres: Math.round(one.metres) }));
}
