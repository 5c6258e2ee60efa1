import { type Bus, encodeSnapshot, type ServiceAlert } from './gtfs/feed.ts';
import type { Location } from './jt808/body.ts';
import type { DocumentServer } from './link/document-server.ts';
import type { RosterUnit } from './roster.ts';

/** The bus company's page of vehicle positions, for whoever asks (GTFS Realtime): all of its buses, made anew every so often. */
export const busesPath = '/gtfs/realtime.pb';
const everyMs = 15_000;

export type Detour = { readonly id: string; readonly name: string; readonly fromMs: number };

export function buses(documents: DocumentServer | null) {
  const held = new Map<string, Bus>();
  const detours = new Map<string, Detour>();
  let madeAt = 0;

  const alertOf = ({ id, name, fromMs }: Detour): ServiceAlert => ({
    id: `detour-${id}`,
    fromMs,
    untilMs: null,
    cause: 'weather',
    effect: 'detour',
    severity: 'warning',
    routes: [],
    stops: [],
    header: [{ language: 'zh-CN', text: `${name}封闭，途经线路绕行` }],
    description: [{ language: 'zh-CN', text: '受积水影响，恢复时间另行通知。' }],
    url: null,
  });

  return {
    report({ id, callSign, plate }: RosterUnit, { at, headingDeg, speedMps, mileageM, observedAtMs }: Location): void {
      held.set(id, {
        id,
        label: callSign,
        plate,
        trip: null,
        at,
        headingDeg,
        speedMps,
        odometerM: mileageM,
        stop: null,
        occupancy: null,
        occupancyPercentage: null,
        carriages: [],
        measuredAtMs: observedAtMs,
      });
    },
    detour(of: Detour, isOver: boolean): void {
      if (isOver) detours.delete(of.id);
      else detours.set(of.id, of);
      madeAt = 0;
    },
    turn(atMs: number): void {
      if (!documents || atMs - madeAt < everyMs) return;
      madeAt = atMs;
      const body = encodeSnapshot({
        madeAtMs: atMs,
        buses: [...held.values()],
        delays: [],
        alerts: [...detours.values()].map(alertOf),
      });
      documents.publish(busesPath, { contentType: 'application/x-protobuf', body });
    },
  };
}
