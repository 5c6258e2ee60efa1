import type { DuplicateHint } from './assist.ts';
import { rankKinds } from './assist-kinds.ts';
import { judge, prepared } from './fusion.ts';
import { type FusionSubject, subjectOfIncident } from './fusion-subject.ts';
import type { Incident } from './incident.ts';
import type { LonLat } from './place.ts';

/** What is being told, before it is a record. */
export type Told = {
  readonly text: string;
  readonly lonLat: LonLat | null;
  readonly district: string | null;
  readonly reality: Incident['reality'];
  readonly now: number;
};
export type OpenIncident = {
  readonly incident: Incident;
  readonly score: number;
  /** The rules of fusion would show it to a person. */
  readonly proposed: boolean;
  readonly minutesAgo: number;
};

const withinM = { placed: 300, nowhere: 1_000 } as const;
const mostShown = 10;
const mostHints = 3;
/** Below this nobody needs to be asked whether it is the same. */
const leastScore = 0.02;

const subjectOf = ({ text, lonLat, district, reality, now }: Told): FusionSubject => ({
  of: 'signal',
  id: '',
  kind: rankKinds(text)[0] ?? null,
  text,
  lonLat,
  withinM: lonLat ? withinM.placed : withinM.nowhere,
  district,
  nearDistrict: null,
  at: now,
  until: now,
  callers: [],
  device: null,
  reality,
});

/** Open incidents that it could be about at all, likeliest first. */
export function openIncidentsFor(told: Told, incidents: readonly Incident[]): OpenIncident[] {
  const self = prepared(subjectOf(told));
  return incidents
    .map((incident) => {
      const subject = subjectOfIncident(incident);
      const judged = judge(self, prepared(subject));
      const minutesAgo = Math.max(0, Math.round((told.now - subject.at) / 60_000));
      return { incident, score: judged.score, proposed: judged.verdict !== 'apart', minutesAgo, veto: judged.veto };
    })
    .filter(({ veto, score }) => veto === null && score >= leastScore)
    .sort((a, b) => b.score - a.score)
    .slice(0, mostShown)
    .map(({ veto: _, ...one }) => one);
}

/** What the rules propose stays; what only a model says comes after it, and says so. */
export function duplicateHints(open: readonly OpenIncident[], byModel: readonly string[]): DuplicateHint[] {
  const hint = ({ incident, score }: OpenIncident, source: DuplicateHint['source']): DuplicateHint => ({
    incident: incident.id,
    number: incident.number,
    title: incident.title || incident.text.slice(0, 60),
    source,
    score: Math.round(score * 100) / 100,
  });
  return [
    ...open.filter((one) => one.proposed).map((one) => hint(one, 'baseline')),
    ...open.filter((one) => !one.proposed && byModel.includes(one.incident.id)).map((one) => hint(one, 'model')),
  ].slice(0, mostHints);
}
