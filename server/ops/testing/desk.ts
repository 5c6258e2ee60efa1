import { randomUUID } from 'node:crypto';
import type { Signal } from '@/server/domain/signal.ts';
import { someSignal, someUnit } from '@/server/domain/testing/samples.ts';
import type { Unit } from '@/server/domain/unit.ts';
import { systemActor } from '@/server/store/actor.ts';
import type { OpenStore } from '@/server/store/open-store.ts';
import { openTestDatabase } from '@/server/store/testing/database.ts';
import type { Command, OpDeps } from '../op.ts';

export const system = systemActor('test', 'test');

/** A store on a database of its own, with a clock that the test sets, and the means to put records into it. */
export async function openDesk() {
  const clock = { now: Date.parse('2026-07-01T00:00:00Z') };
  const database = await openTestDatabase();
  const store: OpenStore = await database.open({ clock: () => clock.now, retention: false });
  const deps: OpDeps = { store, newId: randomUUID };
  const put = async (events: { stream: string; kind: string; content: unknown }[]) => {
    const answer = await store.command({ id: randomUUID(), name: 'put', actor: system, input: null }, async () => ({
      events,
      answer: null,
    }));
    if (answer !== null) throw new Error(JSON.stringify(answer));
  };
  return {
    clock,
    store,
    deps,
    putUnits: (...units: Partial<Unit>[]) =>
      put(
        units.map((unit) => ({
          stream: `unit/${unit.id}`,
          kind: 'unitRegistered',
          content: { unit: someUnit(unit.id ?? '', unit) },
        })),
      ),
    putSignals: (...signals: Partial<Signal>[]) =>
      put(
        signals.map((signal) => ({
          stream: `signal/${signal.id}`,
          kind: 'signalReceived',
          content: { signal: someSignal(signal.id ?? '', signal) },
        })),
      ),
    close: () => database.close(),
  };
}

export const ask = <Input>(actor: Command<Input>['actor'], input: Input): Command<Input> => ({
  id: randomUUID(),
  actor,
  input,
});
