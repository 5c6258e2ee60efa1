import type { ReadingState } from '@/server/domain/station.ts';
import type { Freshness } from '@/server/wire/frame.ts';
import { baseTokens, inkTokens, type MapTheme, priorityFill, warningHue, withAlpha } from '../tokens.ts';
import { type Brush, type Made, paint } from './mark-images.ts';

/** Grey until abnormal; then a colour and an outline of its own for each level: circle, diamond, triangle, burst. */
export type StationHue = { readonly hue: string; readonly ink: string };
export function stationHue(theme: MapTheme, state: ReadingState): StationHue {
  if (state === 'severe') return { hue: priorityFill(theme, 'P1').fill, ink: priorityFill(theme, 'P1').ink };
  if (state === 'alarm') return { hue: priorityFill(theme, 'P2').fill, ink: priorityFill(theme, 'P2').ink };
  // Yellow on light ground is seen only as an outline of a darker one.
  if (state === 'notice') return { hue: warningHue(theme, 'yellow'), ink: theme === 'light' ? '#fffdf5' : '#201a03' };
  return { hue: inkTokens(theme).lineStrong, ink: inkTokens(theme).panel };
}

/** Corners about the middle, of radius about one; null: a circle. */
const corners: Record<ReadingState, readonly (readonly [number, number])[] | null> = {
  normal: null,
  notice: [
    [0, -1.18],
    [1.18, 0],
    [0, 1.18],
    [-1.18, 0],
  ],
  alarm: [
    [0, -1.42],
    [1.4, 1.02],
    [-1.4, 1.02],
  ],
  severe: Array.from({ length: 16 }, (_, at) => {
    const radius = at % 2 === 0 ? 1.42 : 1.06;
    const angle = (at / 16) * 2 * Math.PI - Math.PI / 2;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  }),
};

/** As an SVG path about (0, 0), for the legend. */
export function stationPath(state: ReadingState, radius: number): string {
  const points = corners[state];
  if (!points)
    return `M${-radius} 0a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0Z`;
  return `M${points.map(([x, y]) => `${(x * radius).toFixed(2)} ${(y * radius).toFixed(2)}`).join('L')}Z`;
}

function trace(brush: Brush, state: ReadingState, [x, y]: readonly [number, number], radius: number): void {
  const points = corners[state];
  brush.beginPath();
  if (points) for (const [dx, dy] of points) brush.lineTo(x + dx * radius, y + dy * radius);
  else brush.arc(x, y, radius, 0, 2 * Math.PI);
  brush.closePath();
}

export const stationImageId = (state: string, freshness: string) => `station-${state}-${freshness}`;
const radiusOf: Record<ReadingState, number> = { normal: 8, notice: 8.4, alarm: 9, severe: 9.2 };

/** Filled while its word holds: late is dimmed, stale is an outline, unknown a broken one. */
export function stationImage(
  theme: MapTheme,
  { state, freshness, scale }: { state: ReadingState; freshness: Freshness; scale: number },
): Made {
  const size = 34 * scale;
  const middle: [number, number] = [size / 2, size / 2 + (state === 'alarm' ? 1.4 * scale : 0)];
  const radius = radiusOf[state] * scale;
  const { hue } = stationHue(theme, state);
  const halo = theme === 'light' ? '#ffffff' : baseTokens(theme).halo;
  const vouched = freshness === 'fresh' || freshness === 'late';
  return paint(size, size, (brush) => {
    brush.lineJoin = 'round';
    brush.globalAlpha = freshness === 'late' ? 0.62 : 1;
    trace(brush, state, middle, radius);
    brush.strokeStyle = halo;
    brush.lineWidth = 3.4 * scale;
    brush.stroke();
    brush.fillStyle = vouched ? hue : withAlpha(inkTokens(theme).panel, 0.86);
    brush.fill();
    brush.strokeStyle = hue;
    brush.lineWidth = (vouched ? 1 : 1.7) * scale;
    if (freshness === 'unknown') brush.setLineDash([1.8 * scale, 1.7 * scale]);
    brush.stroke();
  });
}

/** What is written in the mark. */
export const stationInk = (theme: MapTheme, state: ReadingState, freshness: Freshness): string =>
  freshness === 'fresh' || freshness === 'late' ? stationHue(theme, state).ink : inkTokens(theme).ink;
