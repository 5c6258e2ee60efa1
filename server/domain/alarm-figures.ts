import type { Alarm, QuietReason } from './alarm.ts';
import { type Priority, priorities } from './scale.ts';

/**
 * How the room bears its alarms, against ISA-18.2 and EEMUA 191 [prov]: figures of process plants, taken over per room and shift. Nobody here has
 * read the paywalled texts, so the source says "unverified".
 */
export const alarmNorms = {
  windowMs: 600_000,
  /** As announced, in ten minutes. */
  steady: 1,
  manageable: 2,
  flood: 10,
  shares: { P1: 0.05, P2: 0.15, low: 0.8 },
  standingStale: 5,
  chattering: 0,
  /** Of all announcements, by the ten sources that say most. */
  topTen: 0.05,
  source: { text: 'ISA-18.2, EEMUA 191', verified: false },
} as const;

/** One raising, as the log has it. */
export type Raised = {
  readonly at: number;
  readonly alarm: string;
  readonly rule: string;
  readonly name: string;
  readonly priority: Priority;
  readonly raises: Alarm['raises'];
  readonly quiet: QuietReason | null;
};

export type Slot = { readonly from: number; readonly asked: number; readonly announced: number };
export type TopSource = {
  readonly alarm: string;
  readonly rule: string;
  readonly name: string;
  readonly count: number;
  readonly share: number;
};
export type AlarmFigures = {
  readonly from: number;
  readonly to: number;
  /** Announced, and all that would have been, in the last ten minutes. */
  readonly now: Slot;
  /** Ten minutes each, oldest first, without gaps. */
  readonly slots: readonly Slot[];
  readonly announced: number;
  readonly asked: number;
  readonly perTenMinutes: number;
  readonly peak: Slot | null;
  /** Runs of slots in which more came than anybody can follow. */
  readonly floods: { readonly count: number; readonly share: number };
  readonly shares: Readonly<Record<Priority, number>>;
  readonly top: readonly TopSource[];
  readonly topShare: number;
};

const shown = 10;
const part = (count: number, all: number): number => (all === 0 ? 0 : count / all);

/** Lines that nobody has to act on are no alarms and count nowhere. */
export function alarmFigures(raised: readonly Raised[], { from, to }: { from: number; to: number }): AlarmFigures {
  const { windowMs, flood } = alarmNorms;
  const counted = raised.filter(({ raises, at }) => raises !== 'status' && at >= from && at <= to);
  const loud = counted.filter(({ quiet }) => quiet === null);
  const slotOf = (start: number, end: number): Slot => {
    const within = ({ at }: Raised) => at >= start && at < end;
    return { from: start, asked: counted.filter(within).length, announced: loud.filter(within).length };
  };
  const count = Math.max(1, Math.ceil((to - from) / windowMs));
  const slots = Array.from({ length: count }, (_, index) =>
    slotOf(from + index * windowMs, from + (index + 1) * windowMs),
  );
  const flooded = slots.map(({ asked }) => asked > flood);
  const peak = slots.reduce<Slot | null>((most, slot) => (slot.asked > (most?.asked ?? 0) ? slot : most), null);

  const bySource = new Map<string, { first: Raised; count: number }>();
  for (const one of counted) {
    const held = bySource.get(one.alarm);
    bySource.set(one.alarm, { first: held?.first ?? one, count: (held?.count ?? 0) + 1 });
  }
  const top = [...bySource.values()]
    .sort((a, b) => b.count - a.count || (a.first.name < b.first.name ? -1 : 1))
    .slice(0, shown)
    .map(({ first, count: times }) => ({
      alarm: first.alarm,
      rule: first.rule,
      name: first.name,
      count: times,
      share: part(times, counted.length),
    }));
  return {
    from,
    to,
    now: slotOf(to - windowMs, to + 1),
    slots,
    announced: loud.length,
    asked: counted.length,
    perTenMinutes: part(loud.length, count),
    peak,
    floods: {
      count: flooded.filter((is, index) => is && !flooded[index - 1]).length,
      share: part(flooded.filter(Boolean).length, count),
    },
    shares: Object.fromEntries(
      priorities.map((of) => [of, part(loud.filter(({ priority }) => priority === of).length, loud.length)]),
    ) as Record<Priority, number>,
    top,
    topShare: top.reduce((sum, { share }) => sum + share, 0),
  };
}
