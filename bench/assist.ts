import type { Assist } from '@/server/assist/assist.ts';
import { openAssist } from '@/server/assist/open-assist.ts';
import type { AssistProposal } from '@/server/domain/assist.ts';
import { openIncidentsFor } from '@/server/domain/assist-duplicates.ts';
import type { Incident } from '@/server/domain/incident.ts';
import { applyIncident } from '@/server/domain/incident-event.ts';
import { openIncident } from '@/server/domain/incident-open.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import { readEnv } from '@/server/env.ts';
import { proposeKind } from '@/server/ops/signal-of-record.ts';
import { type Emit, percentiles, round } from './figures.ts';
import { trainingSituations } from './fusion/fit.ts';
import { generate, type Labelled, seed } from './fusion/generate.ts';
import type { Situation } from './fusion/situation.ts';

/** As many as a model is asked about; the same ones are scored for the baseline beside it. */
const modelSample = 120;
const heldOutSituations = 280;
const dayMs = 24 * 3_600_000;

const clerk: Actor = { id: 'bench', name: 'bench', roles: ['call-taker'], department: null, district: null };
const storyOf = ({ signal }: Labelled): string =>
  signal.text.includes(signal.title.slice(0, 20)) ? signal.text : `${signal.title}。${signal.text}`;

/** Names of the place that the story itself holds; whoever finds one of them has found it. */
function namesTold(of: Situation, story: string): string[] {
  const { spot, highway } = of;
  const names = spot ? [spot.estate, spot.road, spot.cross, spot.landmark] : highway ? [highway.name] : [];
  return names.filter((name) => name !== '' && story.includes(name));
}

type Ranked = (story: string) => readonly string[];
function kindFigures(signals: readonly Labelled[], rank: Ranked) {
  const known = signals.filter(({ about }) => about.kind.code !== null);
  const without = signals.filter(({ about }) => about.kind.code === null);
  const ranks = known.map((one) => rank(storyOf(one)).indexOf(one.about.kind.code ?? ''));
  return {
    signals: known.length,
    top1: round(ranks.filter((at) => at === 0).length / Math.max(1, known.length), 3),
    top3: round(ranks.filter((at) => at >= 0).length / Math.max(1, known.length), 3),
    /** Of what is of no kind in the table: how often one is named all the same. */
    namedWhereNone: round(
      without.filter((one) => rank(storyOf(one)).length > 0).length / Math.max(1, without.length),
      3,
    ),
  };
}

type Asked = {
  readonly one: Labelled;
  readonly answer: AssistProposal;
  readonly situationOf: ReadonlyMap<string, string>;
  readonly repeat: boolean;
};

const incidentOf = ({ signal }: Labelled): Incident | null => {
  const decided = openIncident(
    {
      id: `incident/${signal.id}` as Incident['id'],
      number: '',
      facts: { title: null, text: null, kind: null, place: null, priority: null },
      signals: [signal],
    },
    { now: signal.receivedAt, actor: clerk },
  );
  return wasRefused(decided) ? null : decided.reduce<Incident | null>(applyIncident, null);
};

/** As the desk lives it: each story as it comes in, against what was opened before and is not a day old. */
async function askAll(
  signals: readonly Labelled[],
  assist: Assist,
  wanted: (index: number) => boolean,
): Promise<Asked[]> {
  const begun: { readonly at: number; readonly situation: string; readonly incident: Incident }[] = [];
  const seen = new Set<string>();
  const asked: Asked[] = [];
  for (const [index, one] of signals.entries()) {
    const now = one.signal.receivedAt;
    const { lonLat, district } = one.signal.place;
    const text = storyOf(one);
    if (wanted(index)) {
      const around = begun.filter(({ at }) => now - at < dayMs);
      const open = openIncidentsFor(
        { text, lonLat, district, reality: 'actual', now },
        around.map(({ incident }) => incident),
      );
      const answer = await assist.propose({
        text,
        who: 'bench',
        about: null,
        open,
        placeOf: (_, words) => (words === null ? null : { text: words, found: null }),
      });
      const situationOf = new Map(around.map(({ incident, situation }) => [incident.id as string, situation]));
      asked.push({ one, answer, situationOf, repeat: [...situationOf.values()].includes(one.situation) });
    }
    if (seen.has(one.situation)) continue;
    seen.add(one.situation);
    const incident = incidentOf(one);
    if (incident) begun.push({ at: now, situation: one.situation, incident });
  }
  return asked;
}

function figuresOf(asked: readonly Asked[]) {
  const byStory = new Map(asked.map(({ one, answer }) => [storyOf(one), answer.kinds.map(({ value }) => value)]));
  const told = asked.map(({ one, answer }) => {
    const names = namesTold(one.about, storyOf(one));
    const words = answer.place.value?.text ?? '';
    return { tells: names.length > 0, found: names.some((name) => words.includes(name)), words };
  });
  const tells = told.filter((one) => one.tells);
  const hints = asked.flatMap(({ one, answer, situationOf }) =>
    answer.duplicates.map((hint) => situationOf.get(hint.incident) === one.situation),
  );
  const repeats = asked.filter(({ repeat }) => repeat);
  const hinted = repeats.filter(({ one, answer, situationOf }) =>
    answer.duplicates.some((hint) => situationOf.get(hint.incident) === one.situation),
  );
  const share = (part: number, whole: number) => round(part / Math.max(1, whole), 3);
  const { worst: _, ...tookMs } = percentiles(asked.map(({ answer }) => answer.note.tookMs));
  return {
    kind: kindFigures(
      asked.map(({ one }) => one),
      (story) => byStory.get(story) ?? [],
    ),
    place: {
      told: tells.length,
      found: share(tells.filter((one) => one.found).length, tells.length),
      saidWhereNone: share(told.filter((one) => !one.tells && one.words !== '').length, told.length - tells.length),
    },
    duplicates: {
      repeats: repeats.length,
      hinted: share(hinted.length, repeats.length),
      right: share(hints.filter(Boolean).length, hints.length),
    },
    modelTookMs: tookMs,
  };
}

const counted = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

/** The deterministic baseline and, where the environment names one, a model, on the labelled set of fusion. */
export async function assist(emit: Emit): Promise<void> {
  const log = () => undefined;
  const baseline = openAssist({ endpoint: null, now: Date.now, log });
  const parts = { train: generate('train', trainingSituations), heldOut: generate('heldOut', heldOutSituations) };
  emit({ bench: 'assist.set', data: 'synthetic, written for this project', seed, heldOut: parts.heldOut.length });
  for (const [part, signals] of Object.entries(parts)) {
    const first = (kind: string | null) => (kind ? [kind] : []);
    emit({
      bench: 'assist.kind',
      part,
      by: 'first word',
      ...kindFigures(signals, (text) => first(proposeKind(null, text))),
    });
    const from = process.cpuUsage();
    const { modelTookMs: _, ...figures } = figuresOf(await askAll(signals, baseline, () => true));
    const used = process.cpuUsage(from);
    const eachMs = round((used.user + used.system) / 1_000 / signals.length);
    emit({ bench: 'assist', part, by: 'baseline', ...figures, processorMsEach: eachMs });
  }
  const endpoint = readEnv().ai;
  if (!endpoint) {
    emit({ bench: 'assist', by: 'model', skipped: 'AI_URL is not set: no model was asked, nothing is known of one' });
    return;
  }
  const step = Math.max(1, Math.floor(parts.heldOut.length / modelSample));
  const wanted = (index: number) => index % step === 0;
  const { modelTookMs: _, ...beside } = figuresOf(await askAll(parts.heldOut, baseline, wanted));
  emit({ bench: 'assist', part: 'heldOut, sample', by: 'baseline', ...beside });
  const model = openAssist({ endpoint, now: Date.now, log });
  const asked = await askAll(parts.heldOut, model, wanted);
  emit({
    bench: 'assist',
    part: 'heldOut, sample',
    by: `model ${endpoint.model}, baseline where it fails`,
    ...figuresOf(asked),
    answered: counted(asked.map(({ answer }) => answer.note.fallback ?? 'used')),
    firstKindBy: counted(asked.map(({ answer }) => answer.kinds[0]?.source ?? 'nobody')),
    placesBy: counted(asked.map(({ answer }) => answer.place.source)),
    dropped: asked.reduce((sum, { answer }) => sum + answer.note.dropped, 0),
    deadlineMs: endpoint.timeoutMs,
  });
}
