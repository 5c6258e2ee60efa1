import type { AggregateKind, AggregateStates } from '@/server/domain/aggregate.ts';
import { isStanding } from '@/server/domain/alarm.ts';
import { isOpen } from '@/server/domain/incident.ts';
import { unitStatus } from '@/server/domain/unit.ts';
import { subjectOf } from '@/server/domain/visibility.ts';

/** The columns beside a projection's body: what lists filter by and what visibility hangs on. */
export type ScopeColumns = {
  readonly state: string;
  /** It still belongs on a screen of the present. */
  readonly live: boolean;
  readonly reality: string | null;
  readonly priority: string | null;
  readonly departments: readonly string[];
  readonly district: string | null;
};

type Listing = Omit<ScopeColumns, 'departments' | 'district'>;

const listing: { readonly [K in AggregateKind]: (state: AggregateStates[K]) => Listing } = {
  incident: (of) => ({ state: of.state, live: isOpen(of), reality: of.reality, priority: of.priority }),
  signal: (of) => ({ state: of.state, live: of.state === 'open', reality: of.reality, priority: of.priority }),
  unit: (of) => ({ state: unitStatus(of), live: true, reality: null, priority: null }),
  department: (of) => ({
    state: of.stationed ? 'stationed' : 'connected',
    live: true,
    reality: null,
    priority: null,
  }),
  // Expiry needs no event: whoever shows a warning looks at its end.
  warning: (of) => ({ state: of.state, live: of.state === 'inForce', reality: of.reality, priority: null }),
  feed: (of) => ({ state: of.state, live: true, reality: null, priority: null }),
  station: (of) => ({ state: of.state, live: of.state === 'registered', reality: null, priority: null }),
  rule: (of) => ({ state: of.enabled ? 'enabled' : 'disabled', live: true, reality: null, priority: of.priority }),
  plan: (of) => ({ state: of.enabled ? 'enabled' : 'disabled', live: true, reality: null, priority: of.priority }),
  alarm: (of) => ({ state: of.state, live: isStanding(of), reality: of.reality, priority: of.priority }),
};

export const scopeColumns = <K extends AggregateKind>(kind: K, state: AggregateStates[K]): ScopeColumns => {
  const { departments = [], district = null } = subjectOf[kind](state);
  return { ...listing[kind](state), departments, district };
};
