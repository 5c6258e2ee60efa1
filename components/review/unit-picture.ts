import { mercatorX, mercatorY } from '@/components/map/geometry.ts';
import type { UnitPicture } from '@/components/map/layers/unit-grid.ts';
import type { UnitStatus } from '@/server/domain/unit.ts';
import { freshnessCode, statusCodeOf } from '@/server/wire/frame.ts';
import type { Fix } from './tracks.ts';

export type Shown = { readonly fix: Fix | null; readonly status: UnitStatus | null };

/** The same columns that live units are drawn from, so that a replayed unit looks as it did. Slot = place in the list. */
export function unitPicture(units: readonly Shown[], version: number): UnitPicture {
  const first = units.find((unit) => unit.fix)?.fix;
  const originX = first ? mercatorX(first.lonLat[0]) : 0;
  const originY = first ? mercatorY(first.lonLat[1]) : 0;
  const size = Math.max(1, units.length);
  const picture = {
    high: units.length,
    version,
    originX,
    originY,
    x: new Float32Array(size),
    y: new Float32Array(size),
    heading: new Uint8Array(size).fill(255),
    status: new Uint8Array(size),
    freshness: new Uint8Array(size),
    alive: new Uint8Array(size),
  };
  for (const [slot, { fix, status }] of units.entries()) {
    if (!fix) continue;
    picture.x[slot] = mercatorX(fix.lonLat[0]) - originX;
    picture.y[slot] = mercatorY(fix.lonLat[1]) - originY;
    picture.heading[slot] = fix.headingDeg === null ? 255 : Math.round((fix.headingDeg / 360) * 255) % 255;
    picture.status[slot] = statusCodeOf(status);
    picture.freshness[slot] = freshnessCode[fix.freshness];
    picture.alive[slot] = 1;
  }
  return picture;
}
