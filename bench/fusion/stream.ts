import {
  choose,
  type FusionThresholds,
  type Judged,
  type JudgeOptions,
  judge,
  prepared,
} from '@/server/domain/fusion.ts';
import { groupOf, type Prepared } from '@/server/domain/fusion-pair.ts';
import { subjectOfSignal } from '@/server/domain/fusion-subject.ts';
import { type FusionWeights, fusionWeights } from '@/server/domain/fusion-weights.ts';
import type { Labelled } from './generate.ts';

/** What came of a stream: each signal joined what had begun before it, or began something. */
export type Told = {
  readonly signals: number;
  /** Of these somebody had told before. */
  readonly repeats: number;
  readonly joined: number;
  readonly right: number;
  readonly proposedRight: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Repeats that were joined or at least proposed in the first three. */
  readonly recallWithHints: number;
};

type Decide<Held> = (
  signal: Labelled,
  begun: readonly Held[],
) => { readonly join: Held | null; readonly propose: readonly Held[] };

/** As the desk lives it: in the order received, against what is open; a wrong join stays wrong. */
export function runStream<Held extends { readonly situation: string }>(
  signals: readonly Labelled[],
  of: {
    readonly hold: (one: Labelled) => Held;
    readonly decide: Decide<Held>;
    readonly joined?: (one: Labelled, to: Held) => void;
  },
): Told {
  const begun: Held[] = [];
  const known = new Set<string>();
  let [repeats, joined, right, proposedRight] = [0, 0, 0, 0];
  for (const one of signals) {
    const repeat = known.has(one.situation);
    const { join, propose } = of.decide(one, begun);
    if (repeat) repeats += 1;
    if (join) {
      joined += 1;
      of.joined?.(one, join);
      if (join.situation === one.situation) right += 1;
    } else {
      if (propose.slice(0, 3).some((held) => held.situation === one.situation)) proposedRight += 1;
      begun.push(of.hold(one));
    }
    known.add(one.situation);
  }
  const precision = joined === 0 ? 1 : right / joined;
  const recall = right / Math.max(1, repeats);
  const f1 = (2 * precision * recall) / Math.max(1e-9, precision + recall);
  return {
    signals: signals.length,
    repeats,
    joined,
    right,
    proposedRight,
    precision,
    recall,
    f1,
    recallWithHints: (right + proposedRight) / Math.max(1, repeats),
  };
}

/** As many as the store brings along. */
const mostMembers = 8;

export type HeldLead = {
  readonly situation: string;
  readonly head: Prepared;
  readonly members: Prepared[];
  group: Prepared;
  readonly one: Labelled;
};

/** The product's own decision, with what the database's candidate search would leave in. */
export function fusing(
  options: {
    weights?: FusionWeights;
    thresholds?: FusionThresholds;
    missed?: (one: Labelled, lead: Labelled, judged: Judged) => void;
  } = {},
) {
  const weights = options.weights ?? fusionWeights;
  const judging: JudgeOptions = { weights, ...(options.thresholds ? { thresholds: options.thresholds } : {}) };
  const ready = new WeakMap<Labelled, Prepared>();
  const prepare = (one: Labelled) => {
    const held = ready.get(one) ?? prepared(subjectOfSignal(one.signal), weights);
    ready.set(one, held);
    return held;
  };
  return {
    hold: (one: Labelled): HeldLead => ({
      situation: one.situation,
      head: prepare(one),
      members: [],
      group: prepare(one),
      one,
    }),
    joined: (one: Labelled, to: HeldLead) => {
      if (to.members.length === mostMembers) return;
      to.members.push(prepare(one));
      to.group = groupOf(to.head, to.members);
    },
    decide: (one: Labelled, begun: readonly HeldLead[]) => {
      const self = prepare(one);
      const judged = begun
        .filter((held) => one.signal.receivedAt - held.one.signal.receivedAt < 24 * 3_600_000)
        .map((target) => ({ target, judged: judge(self, target.group, judging) }));
      const { join, proposals } = choose(judged);
      if (join && join.target.situation !== one.situation) options.missed?.(one, join.target.one, join.judged);
      return { join: join?.target ?? null, propose: proposals.map((each) => each.target) };
    },
  };
}
