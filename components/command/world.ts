import type { Spell } from '@/components/console/list-search.ts';
import type { Alarm } from '@/server/domain/alarm.ts';
import type { Incident } from '@/server/domain/incident.ts';
import type { Plan } from '@/server/domain/plan.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { Signal } from '@/server/domain/signal.ts';
import type { Unit } from '@/server/domain/unit.ts';

/** What a line is read against: the records as this person sees them, and what is open on the screen. */
export type World = {
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly signals: ReadonlyMap<string, Signal>;
  readonly units: ReadonlyMap<string, Unit>;
  readonly alarms: ReadonlyMap<string, Alarm>;
  readonly plans: ReadonlyMap<string, Plan>;
  readonly departments: readonly string[];
  /** Words for codes: in the operator's language, and as Chinese where they are spelled. */
  readonly called: {
    readonly department: (id: string) => readonly string[];
    readonly unitKind: (code: string) => readonly string[];
    readonly page: (path: string) => readonly string[];
  };
  readonly pages: readonly string[];
  readonly opened: { readonly kind: string; readonly id: string } | null;
  /** How values are written. */
  readonly language: 'zh-CN' | 'en';
  readonly actor: Actor;
  /** The server's time. */
  readonly now: number;
  readonly spell: Spell | null;
};
