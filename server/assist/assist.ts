import type {
  AssistBrief,
  AssistFallback,
  AssistNote,
  AssistProposal,
  PlaceHint,
  Sourced,
} from '@/server/domain/assist.ts';
import { briefOf } from '@/server/domain/assist-brief.ts';
import { checkBrief, checkProposal } from '@/server/domain/assist-check.ts';
import { duplicateHints, type OpenIncident } from '@/server/domain/assist-duplicates.ts';
import { rankKinds } from '@/server/domain/assist-kinds.ts';
import { type LoggedEntry, linesForModel } from '@/server/domain/assist-log.ts';
import { placeIn } from '@/server/domain/assist-place.ts';
import { redact } from '@/server/domain/assist-redact.ts';
import { summaryOf } from '@/server/domain/assist-summary.ts';
import type { Incident } from '@/server/domain/incident.ts';
import type { Asked, AssistGate, AssistState } from './assist-gate.ts';
import type { BriefQuestion, ShownIncident } from './assist-model.ts';

export type ProposalRequest = {
  readonly text: string;
  /** Who asks and about which incident: for the log of uses alone, never sent. */
  readonly who: string;
  readonly about: string | null;
  readonly open: readonly OpenIncident[];
  /** What the place search makes of the words that say where; null where it finds no words either. */
  readonly placeOf: (text: string, words: string | null) => PlaceHint | null;
};
export type BriefRequest = {
  readonly incident: Incident;
  readonly log: readonly (LoggedEntry & { readonly position: number })[];
  readonly language: BriefQuestion['language'];
  readonly who: string;
};

export type Assist = {
  propose(request: ProposalRequest): Promise<AssistProposal>;
  brief(request: BriefRequest): Promise<AssistBrief>;
  state(): AssistState;
};

/** Words a model reads of an incident that it may be about. */
const shown = ({ incident, minutesAgo }: OpenIncident, index: number): ShownIncident => ({
  n: index + 1,
  kind: incident.kind,
  title: redact(incident.title || incident.text).slice(0, 120),
  place: redact(incident.place.text).slice(0, 80),
  minutesAgo,
});

const noteOf = (asked: Asked<unknown>, used: boolean, dropped: number): AssistNote => ({
  source: used ? 'model' : 'baseline',
  model: used ? asked.model : null,
  fallback: used ? null : (asked.fallback ?? ('wrong' satisfies AssistFallback)),
  dropped,
  tookMs: Math.round(asked.tookMs),
});

const mostKinds = 3;
const rankedTogether = (byModel: readonly string[], byRules: readonly string[]): Sourced<string>[] =>
  [
    ...byModel.map((value) => ({ value, source: 'model' as const })),
    ...byRules.filter((code) => !byModel.includes(code)).map((value) => ({ value, source: 'baseline' as const })),
  ].slice(0, mostKinds);

/** The baseline always works; what a model says of the same text replaces its parts one by one, where it can be checked. */
export function createAssist(gate: AssistGate): Assist {
  return {
    state: gate.state,

    async propose({ text, who, about, open, placeOf }) {
      const question = { text: redact(text), open: open.map(shown) };
      const asked = await gate.ask({ what: 'propose', who, about, characters: question.text.length }, (model, signal) =>
        model.propose(question, signal),
      );
      const ids = open.map(({ incident }) => incident.id as string);
      const checked = asked.answer
        ? checkProposal(asked.answer, { shown: question.text, told: text, incidents: ids })
        : null;
      const said = checked?.value ?? { kinds: [], place: null, summary: null, same: [] };
      const used = said.kinds.length > 0 || said.place !== null || said.summary !== null || said.same.length > 0;
      const note = noteOf(asked, used, checked?.dropped ?? 0);
      gate.settle(asked, note);
      const place = placeOf(text, said.place ?? placeIn(text));
      return {
        kinds: rankedTogether(said.kinds, rankKinds(text)),
        place: {
          value: place,
          source: said.place === null ? 'baseline' : 'model',
        },
        summary: said.summary
          ? { value: said.summary, source: 'model' }
          : { value: summaryOf(text, place?.text ?? null), source: 'baseline' },
        duplicates: duplicateHints(open, said.same),
        note,
      };
    },

    async brief({ incident, log, language, who }) {
      const question: BriefQuestion = { language, log: linesForModel(log) };
      const characters = question.log.reduce((sum, { facts }) => sum + facts.length, 0);
      const asked = await gate.ask({ what: 'brief', who, about: incident.id, characters }, (model, signal) =>
        model.brief(question, signal),
      );
      const checked = asked.answer ? checkBrief(asked.answer, question.log) : null;
      const used = (checked?.value.length ?? 0) > 0;
      const note = noteOf(asked, used, checked?.dropped ?? 0);
      gate.settle(asked, note);
      return {
        lines: log.map(({ position }) => position),
        parts: briefOf(incident, log),
        sentences: used && checked ? checked.value : null,
        note,
      };
    },
  };
}
