import { distanceM } from '@/server/domain/distance.ts';
import type { Labelled } from './generate.ts';

/** What products in use do: a circle and a clock. The nearest within both is taken for the same; `alike` asks for the same type, too. */
export type Circle = {
  readonly name: string;
  readonly metres: number;
  readonly minutes: number;
  readonly alike: boolean;
};

export const circles: readonly Circle[] = [
  { name: '80 m / 10 min (paging products)', metres: 80, minutes: 10, alike: false },
  { name: '80 m / 10 min, same type', metres: 80, minutes: 10, alike: true },
  { name: '50 m (street-report products)', metres: 50, minutes: 24 * 60, alike: false },
  { name: '50 m, same type', metres: 50, minutes: 24 * 60, alike: true },
];

type Begun = { readonly situation: string; readonly one: Labelled; lastAt: number };

export function circling(circle: Circle) {
  return {
    hold: (one: Labelled): Begun => ({ situation: one.situation, one, lastAt: one.signal.receivedAt }),
    joined: (one: Labelled, to: Begun) => {
      to.lastAt = one.signal.receivedAt;
    },
    decide: (one: Labelled, begun: readonly Begun[]) => {
      const at = one.signal.place.lonLat;
      const near = begun.flatMap((held) => {
        const there = held.one.signal.place.lonLat;
        if (!at || !there || one.signal.receivedAt - held.lastAt > circle.minutes * 60_000) return [];
        if (circle.alike && held.one.signal.proposedKind !== one.signal.proposedKind) return [];
        const metres = distanceM(at, there);
        return metres <= circle.metres ? [{ held, metres }] : [];
      });
      const nearest = near.sort((a, b) => a.metres - b.metres)[0];
      return { join: nearest?.held ?? null, propose: [] };
    },
  };
}
