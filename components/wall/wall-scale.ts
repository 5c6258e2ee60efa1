/**
 * How large a word has to be on a wall. A sign of `h` millimetres at `d` millimetres covers 2·atan(h / 2d), so for an angle α
 *
 *   h = 2 · d · tan(α / 2)            and in pixels   px = h · √(width² + height²) / diagonal
 *
 * with the viewport in CSS pixels and the panel's diagonal in millimetres: what counts is the panel, not its resolution, so that a 4K
 * panel gets twice the pixels of a 1080p one of the same size. 20 arc-minutes for Latin letters, 25 for Chinese, which carry more
 * strokes (NUREG-0700 asks for 16 at least). At 6 m on 55 inches: 55 and 69 px at 1920×1080, 110 and 138 at 3840×2160.
 */
export type Panel = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly diagonalInch: number;
  readonly distanceM: number;
};

export const arcMinutes = { latin: 20, han: 25, floor: 16 } as const;
export const usualPanel = { diagonalInch: 55, distanceM: 6 } as const;

const mmPerInch = 25.4;

export const heightMm = (distanceM: number, minutes: number): number =>
  2 * distanceM * 1_000 * Math.tan(((minutes / 60) * Math.PI) / 180 / 2);

export const pixelsFor = (panel: Panel, minutes: number): number =>
  (heightMm(panel.distanceM, minutes) * Math.hypot(panel.widthPx, panel.heightPx)) / (panel.diagonalInch * mmPerInch);

/** One em of the wall: its smallest words. Never below what can be read at a desk, where somebody looks at the wall's page there. */
export const wallEm = (panel: Panel, language: 'zh' | 'en'): number =>
  Math.max(12, pixelsFor(panel, language === 'zh' ? arcMinutes.han : arcMinutes.latin));

/** Words of the base map are context; they hold the floor. The base map's smallest words are about 12 px at a scale of 1. */
export const mapScale = (panel: Panel): number => Math.max(1, pixelsFor(panel, arcMinutes.floor) / 12.5);

/** Against burn-in: at most 4 px, another place every 10 minutes. */
export function driftAt(nowMs: number): { readonly x: number; readonly y: number } {
  const step = Math.floor(nowMs / 600_000);
  return { x: [0, 2, 4, 2][step % 4] ?? 0, y: [0, 2, 4, 2][Math.floor(step / 4) % 4] ?? 0 };
}
