import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { vetoOf } from '@/server/domain/fusion.ts';
import {
  comparePair,
  type FeatureName,
  featureNames,
  featureSigns,
  featuresOf,
  prepare,
} from '@/server/domain/fusion-pair.ts';
import { subjectOfSignal } from '@/server/domain/fusion-subject.ts';
import { gramsOf, normalise, type Rarity } from '@/server/domain/fusion-text.ts';
import type { FusionWeights } from '@/server/domain/fusion-weights.ts';
import { generate, type Labelled, seed } from './generate.ts';

/**
 * Logistic regression with signs, by plain gradient steps from zero: nothing in it is left to chance, so the same set gives the same weights.
 * `node --import tsx bench/fusion/fit.ts` writes them into the domain. Only the training part is ever read here.
 */
export const trainingSituations = 420;
/** The set itself, and two more drawings of its training part. */
const trainingSeeds = [seed, seed + 1, seed + 2];

const one: Rarity = { rare: 1, of: {} };

/** Inverse document frequency of what is common; the rest counts as rare. */
export function rarityOf(signals: readonly Labelled[]): Rarity {
  const seen = new Map<string, number>();
  for (const { signal } of signals)
    for (const gram of gramsOf(normalise(subjectOfSignal(signal).text), one).weights.keys())
      seen.set(gram, (seen.get(gram) ?? 0) + 1);
  const total = signals.length;
  const least = Math.ceil(total * 0.02);
  const idf = (count: number) => Math.round(Math.log(total / count) * 100) / 100;
  const of: Record<string, number> = {};
  for (const [gram, count] of [...seen].sort(([a], [b]) => (a < b ? -1 : 1))) if (count >= least) of[gram] = idf(count);
  return { rare: idf(least), of };
}

type Sample = { readonly x: readonly number[]; readonly y: 0 | 1 };

/** Every pair that a search by place and time would bring up and that no veto decides. */
export function samplesOf(signals: readonly Labelled[], rarity: Rarity): Sample[] {
  const prepared = signals.map(({ signal }) => prepare(subjectOfSignal(signal), rarity));
  const samples: Sample[] = [];
  for (const [index, later] of signals.entries())
    for (let before = index - 1; before >= 0; before -= 1) {
      const earlier = signals[before]!;
      if (later.signal.receivedAt - earlier.signal.receivedAt > 24 * 3_600_000) break;
      const pair = comparePair(prepared[index]!, prepared[before]!);
      if (vetoOf(pair) !== null) continue;
      const features = featuresOf(pair);
      samples.push({ x: featureNames.map((name) => features[name]), y: later.situation === earlier.situation ? 1 : 0 });
    }
  return samples;
}

const steps = 700;
const decay = 2e-4;

export function descend(samples: readonly Sample[]): { bias: number; weights: number[] } {
  const width = featureNames.length;
  const weights = new Array<number>(width).fill(0);
  let bias = 0;
  const means = { m: new Array<number>(width + 1).fill(0), v: new Array<number>(width + 1).fill(0) };
  // As many of each: what is nowhere near would outvote the rest. The bias is put right by the threshold.
  const share = samples.filter((sample) => sample.y === 1).length / samples.length;
  const negativeWeight = Math.min(1, (share / (1 - share)) * 4);
  const total = samples.reduce((sum, sample) => sum + (sample.y ? 1 : negativeWeight), 0);
  for (let step = 1; step <= steps; step += 1) {
    const gradient = new Array<number>(width + 1).fill(0);
    for (const { x, y } of samples) {
      let sum = bias;
      for (let at = 0; at < width; at += 1) sum += weights[at]! * x[at]!;
      const error = ((1 / (1 + Math.exp(-sum)) - y) * (y ? 1 : negativeWeight)) / total;
      for (let at = 0; at < width; at += 1) if (x[at] !== 0) gradient[at]! += error * x[at]!;
      gradient[width]! += error;
    }
    const rate = 0.05 / (1 + step / 350);
    for (let at = 0; at <= width; at += 1) {
      const slope = gradient[at]! + (at < width ? decay * weights[at]! : 0);
      means.m[at] = 0.9 * means.m[at]! + 0.1 * slope;
      means.v[at] = 0.999 * means.v[at]! + 0.001 * slope * slope;
      const move = (rate * (means.m[at]! / (1 - 0.9 ** step))) / (Math.sqrt(means.v[at]! / (1 - 0.999 ** step)) + 1e-8);
      if (at === width) bias -= move;
      else {
        const next = weights[at]! - move;
        weights[at] = featureSigns[featureNames[at]!] === '+' ? Math.max(0, next) : Math.min(0, next);
      }
    }
  }
  return { bias, weights };
}

/** The weights tell apart; two figures more make of it the share that is right, among pairs as they come (Platt). */
export function calibrated(samples: readonly Sample[], { bias, weights }: { bias: number; weights: number[] }) {
  const logits = samples.map(({ x, y }) => ({ z: x.reduce((sum, value, at) => sum + value * weights[at]!, bias), y }));
  let [scale, shift] = [1, 0];
  for (let step = 0; step < 2_000; step += 1) {
    let [bySlope, byShift, slope2, shift2, cross] = [0, 0, 1e-6, 1e-6, 0];
    for (const { z, y } of logits) {
      const p = 1 / (1 + Math.exp(-(scale * z + shift)));
      const v = p * (1 - p);
      bySlope += (p - y) * z;
      byShift += p - y;
      slope2 += v * z * z;
      shift2 += v;
      cross += v * z;
    }
    const det = slope2 * shift2 - cross * cross;
    const dScale = (bySlope * shift2 - byShift * cross) / det;
    const dShift = (byShift * slope2 - bySlope * cross) / det;
    scale -= dScale;
    shift -= dShift;
    if (Math.abs(dScale) + Math.abs(dShift) < 1e-7) break;
  }
  return { bias: bias * scale + shift, weights: weights.map((weight) => weight * scale) };
}

const three = (value: number) => Math.round(value * 1_000) / 1_000;

export function fitted(sets: readonly (readonly Labelled[])[]): FusionWeights {
  const signals = sets.flat();
  const rarity = rarityOf(signals);
  const samples = sets.flatMap((set) => samplesOf(set, rarity));
  const { bias, weights } = calibrated(samples, descend(samples));
  return {
    version: `${seed}/${signals.length}`,
    bias: three(bias),
    features: Object.fromEntries(featureNames.map((name: FeatureName, at) => [name, three(weights[at]!)])),
    rarity,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const weights = fitted(trainingSeeds.map((one) => generate('train', trainingSituations, one)));
  const file = fileURLToPath(new URL('../../server/domain/fusion-weights.ts', import.meta.url));
  const { rarity, ...rest } = weights;
  const text = `import type { Rarity } from './fusion-text.ts';

export type FusionWeights = {
  readonly version: string;
  readonly bias: number;
  readonly features: Readonly<Record<string, number>>;
  readonly rarity: Rarity;
};

/** Fitted by \`bench/fusion/fit.ts\` on the training part of the labelled set only. \`rarity\`: how telling a character or a pair of them is. */
export const fusionWeights: FusionWeights = ${JSON.stringify({ ...rest, rarity: { rare: rarity.rare, of: '@' } }, null, 2).replace('"@"', `JSON.parse('${JSON.stringify(rarity.of)}')`)};
`;
  writeFileSync(file, text);
  process.stdout.write(`${JSON.stringify(rest, null, 1)}\n${Object.keys(rarity.of).length} grams\n`);
}
