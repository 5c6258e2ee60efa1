import type { Fused, FusionReason } from './fusion-event.ts';
import {
  comparePair,
  type FeatureName,
  featureNames,
  featuresOf,
  type Pair,
  type Prepared,
  prepare,
} from './fusion-pair.ts';
import type { FusionSubject } from './fusion-subject.ts';
import { type FusionWeights, fusionWeights } from './fusion-weights.ts';

/** Above `join` a signal is joined by itself, from `propose` on it is shown to a person. A setting; `join` above 1 is "never". */
export type FusionThresholds = { readonly join: number; readonly propose: number };
export const defaultThresholds: FusionThresholds = { join: 0.8, propose: 0.3 };

/** What two subjects can never be: whatever else they have in common, no machine joins them. */
export const vetoes = ['reality', 'kind', 'building', 'stake', 'far', 'late'] as const;
export type Veto = (typeof vetoes)[number];

export type FusionVerdict = 'join' | 'propose' | 'apart';
export type Judged = {
  /** 0–1: the share of such pairs that are one thing, as far as the training part tells. */
  readonly score: number;
  readonly verdict: FusionVerdict;
  readonly veto: Veto | null;
  readonly reasons: readonly FusionReason[];
  readonly distanceM: number | null;
  readonly minutes: number;
};

const farM = 1_500;
const lateHours = 20;

export function vetoOf(pair: Pair): Veto | null {
  const { address, kind, distanceM, withinM } = pair;
  if (!pair.sameReality) return 'reality';
  if (kind.relation === 'contradictory') return 'kind';
  const oneEstate = address.estate === 1 || (address.estate === 0 && (distanceM === null || distanceM < 600));
  if (address.building === -1 && oneEstate) return 'building';
  if (address.stakeM !== null && address.stakeM > 1_000 && address.road !== -1) return 'stake';
  if (distanceM !== null && distanceM > farM + 2 * withinM) return 'far';
  if (pair.minutes > Math.min(lateHours * 60, 8 * kind.lastsMin)) return 'late';
  return null;
}

const alikeText = 0.6;

/** Something must say that it is the same place: a kind and an hour are shared by half the city. */
const placed = ({ distanceM, withinM, address, text, sameCaller, sameDevice }: Pair): boolean =>
  (distanceM !== null && distanceM <= 150 + withinM) ||
  (address.road === 1 && (address.house === 1 || (address.stakeM !== null && address.stakeM <= 500))) ||
  address.crossing ||
  // One road may be ten kilometres long: what is said must be much alike, too.
  (address.road === 1 && text !== null && text >= alikeText) ||
  address.estate === 1 ||
  address.plate === 1 ||
  address.room === 1 ||
  sameCaller ||
  sameDevice === true;

const wideM = 600;

/** Less will do to ask a person: that two came in the same minute is no reason. */
const askable = (pair: Pair): boolean =>
  placed(pair) ||
  pair.address.road === 1 ||
  (pair.distanceM !== null && pair.distanceM <= wideM + pair.withinM) ||
  (pair.text ?? 0) >= alikeText;

/** A fire and a lift that is stuck may go together; nobody can tell from a call alone. */
const sureRelation = 0.5;

/** What a person may still think one thing, and a machine does not join: the other carriageway, the room next door. */
const doubtful = ({ address, details, kind, text }: Pair): boolean =>
  (kind.relation === 'related' && kind.strength < sureRelation) ||
  address.heading === -1 ||
  (address.floor === -1 && address.room !== 1) ||
  (address.room === -1 && address.floor !== 1) ||
  (details.differ > 0 && details.agree === 0 && (text ?? 0) < alikeText);

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

export function scoreOf(features: Record<FeatureName, number>, weights: FusionWeights): number {
  let sum = weights.bias;
  for (const name of featureNames) sum += (weights.features[name] ?? 0) * features[name];
  return sigmoid(sum);
}

const share = (value: number) => Math.round(value * 100) / 100;

function reasonsOf(pair: Pair): FusionReason[] {
  const { address, kind } = pair;
  const reasons: FusionReason[] = [];
  const say = (code: FusionReason['code'], speaksFor: boolean, value: number | null = null) =>
    reasons.push({ code, speaksFor, value });
  if (pair.distanceM === null) say('noPoint', false);
  else say('distance', pair.distanceM <= 100 + pair.withinM, Math.round(pair.distanceM));
  say('minutes', pair.minutes <= kind.lastsMin, Math.round(pair.minutes));
  if (kind.relation === 'same') say('kindSame', true);
  if (kind.relation === 'related') say('kindRelated', true, share(kind.strength));
  if (kind.relation === 'contradictory') say('kindSame', false);
  for (const code of ['road', 'house', 'estate', 'building', 'room', 'floor', 'plate', 'heading'] as const)
    if (address[code] !== 0) say(code, address[code] === 1);
  if (address.stakeM !== null) say('stake', address.stakeM <= 300, address.stakeM);
  if (pair.details.agree + pair.details.differ > 0) say('details', pair.details.agree >= pair.details.differ);
  if (pair.text !== null && pair.text >= 0.2) say('text', true, share(pair.text));
  if (pair.sameCaller) say('sameCaller', true);
  if (pair.sameDevice) say('sameDevice', true);
  return reasons;
}

export const prepared = (subject: FusionSubject, weights: FusionWeights = fusionWeights): Prepared =>
  prepare(subject, weights.rarity);

export type JudgeOptions = { readonly thresholds?: FusionThresholds; readonly weights?: FusionWeights };

/** Whether two are about one thing. Symmetric, total, and the same in the server and on a screen. */
export function judge(a: Prepared, b: Prepared, options: JudgeOptions = {}): Judged {
  const { thresholds = defaultThresholds, weights = fusionWeights } = options;
  const pair = comparePair(a, b);
  const veto = vetoOf(pair);
  const score = scoreOf(featuresOf(pair), weights);
  const verdict =
    veto !== null || score < thresholds.propose || !askable(pair)
      ? 'apart'
      : score >= thresholds.join && placed(pair) && !doubtful(pair)
        ? 'join'
        : 'propose';
  return { score, verdict, veto, reasons: reasonsOf(pair), distanceM: pair.distanceM, minutes: pair.minutes };
}

export type Ranked<Target> = { readonly target: Target; readonly judged: Judged };

/** How far ahead of the next the best must be to be joined by itself, in the logit of the score. */
const leadLogit = 0.7;
const logit = (score: number): number => Math.log(score / Math.max(1e-9, 1 - score));

/** What a signal is joined to by itself, or else what is proposed to a person, the best first. */
export function choose<Target>(judged: readonly Ranked<Target>[]): {
  readonly join: Ranked<Target> | null;
  readonly proposals: readonly Ranked<Target>[];
} {
  const proposals = judged
    .filter((one) => one.judged.verdict !== 'apart')
    .sort((a, b) => b.judged.score - a.judged.score);
  const [first, second] = proposals;
  const clear =
    first?.judged.verdict === 'join' &&
    (!second || logit(first.judged.score) - logit(second.judged.score) >= leadLogit);
  return { join: clear && first ? first : null, proposals };
}

/** As it goes into the log. */
export const fusedOf = ({ score, reasons }: Judged, version: string = fusionWeights.version): Fused => ({
  score: share(score),
  reasons: [...reasons],
  version,
});
