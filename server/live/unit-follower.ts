import type { AggregateKind } from '@/server/domain/aggregate.ts';
import { type Unit, unitStatus, unitStatuses } from '@/server/domain/unit.ts';
import type { LatestState } from './latest-state.ts';

export type FollowedChange = { readonly type: AggregateKind; readonly id: string; readonly body: unknown };
export type FollowerPorts = {
  readonly state: LatestState;
  sealedUpTo(): number;
  onSealed(listener: (upTo: number) => void): () => void;
  changes(from: number, upTo: number): Promise<{ readonly changes: readonly FollowedChange[] }>;
  /** All units, with the position up to which that holds. */
  units(): Promise<{ readonly position: number; readonly units: readonly Unit[] }>;
  readonly onError: (error: unknown) => void;
};

/** Who may see a unit's marker: by department and district (one visibility class of the frames). */
export const scopeOf = (unit: { department: string | null; district: string | null }): string =>
  `${unit.department ?? ''}|${unit.district ?? ''}`;

export type UnitFollower = {
  start(): Promise<void>;
  stop(): void;
  unitOf(scheme: string, key: string): Unit | null;
};

/** Keeps the live picture in step with the record: a unit's status comes from its assignments, never from its terminal. */
export function createUnitFollower(ports: FollowerPorts): UnitFollower {
  const bySubject = new Map<string, Unit>();
  let position = 0;
  let running = false;
  let unsubscribe: (() => void) | null = null;

  function take(unit: Unit): void {
    if (unit.subject) {
      bySubject.set(`${unit.subject.scheme}\u0000${unit.subject.key}`, unit);
      // Its terminal was shown under its own name until somebody registered it: one thing, one marker.
      const terminal = ports.state.slotOf(`${unit.subject.scheme}/${unit.subject.key}`);
      if (terminal !== null && ports.state.unitOf(terminal) !== unit.id) ports.state.remove(terminal);
    }
    ports.state.register(unit.id, { scope: scopeOf(unit), statusCode: unitStatuses.indexOf(unitStatus(unit)) });
  }

  /** The last look at the log and the end of the run are one step: what is sealed in between would be forgotten. */
  async function follow(): Promise<void> {
    if (running) return;
    running = true;
    try {
      while (position < ports.sealedUpTo()) {
        const upTo = ports.sealedUpTo();
        const { changes } = await ports.changes(position, upTo);
        for (const change of changes) if (change.type === 'unit' && change.body) take(change.body as Unit);
        position = upTo;
      }
    } catch (error) {
      ports.onError(error);
    } finally {
      running = false;
    }
  }

  const wake = (): void => void follow();

  return {
    async start() {
      const first = await ports.units();
      for (const unit of first.units) take(unit);
      position = first.position;
      unsubscribe = ports.onSealed(wake);
      wake();
    },
    stop: () => unsubscribe?.(),
    unitOf: (scheme, key) => bySubject.get(`${scheme}\u0000${key}`) ?? null,
  };
}
