import { defaultThresholds, judge, prepared } from '@/server/domain/fusion.ts';
import { subjectOfSignal } from '@/server/domain/fusion-subject.ts';
import { fusionWeights } from '@/server/domain/fusion-weights.ts';
import { type Emit, round } from './figures.ts';
import { circles, circling } from './fusion/baselines.ts';
import { trainingSituations } from './fusion/fit.ts';
import { generate, type Labelled, seed } from './fusion/generate.ts';
import { fusing, runStream, type Told } from './fusion/stream.ts';
import { thousandCalls } from './fusion/thousand-calls.ts';

const heldOutSituations = 280;
const otherSeeds = [1, 2, 3];

const figuresOf = (told: Told) => ({
  signals: told.signals,
  toldBefore: told.repeats,
  joined: told.joined,
  precision: round(told.precision, 3),
  recall: round(told.recall, 3),
  f1: round(told.f1, 3),
  joinedOrProposed: round(told.recallWithHints, 3),
});

/** Processor time: what it costs to read one signal, and to compare it with one that is open. */
function cost(signals: readonly Labelled[]) {
  const subjects = signals.map(({ signal }) => subjectOfSignal(signal));
  const spent = (work: () => void) => {
    const from = process.cpuUsage();
    work();
    const used = process.cpuUsage(from);
    return used.user + used.system;
  };
  const read = () => subjects.map((subject) => prepared(subject));
  const ready = read();
  const readUs = spent(() => void read()) / subjects.length;
  let compared = 0;
  const all = spent(() => {
    for (const one of ready)
      for (let at = 0; at < ready.length; at += 7) {
        judge(one, ready[at]!);
        compared += 1;
      }
  });
  return { readUs: round(readUs), compareUs: round(all / compared) };
}

/** The labelled set, both parts; the baselines beside them; the held-out wordings with other seeds, that nothing was chosen by. */
export async function fusion(emit: Emit): Promise<void> {
  const parts = { train: generate('train', trainingSituations), heldOut: generate('heldOut', heldOutSituations) };
  emit({
    bench: 'fusion.set',
    data: 'synthetic, written for this project',
    seed,
    train: parts.train.length,
    heldOut: parts.heldOut.length,
    weights: fusionWeights.version,
    thresholds: defaultThresholds,
  });
  for (const [part, signals] of Object.entries(parts)) {
    emit({ bench: 'fusion', part, by: 'fusion', ...figuresOf(runStream(signals, fusing())) });
    for (const circle of circles)
      emit({ bench: 'fusion', part, by: circle.name, ...figuresOf(runStream(signals, circling(circle))) });
  }
  for (const other of otherSeeds)
    emit({
      bench: 'fusion',
      part: `heldOut, seed ${other}`,
      by: 'fusion',
      ...figuresOf(runStream(generate('heldOut', heldOutSituations, other), fusing())),
    });
  emit({ bench: 'fusion.cost', ...cost(parts.heldOut) });
  await thousandCalls(emit);
}
