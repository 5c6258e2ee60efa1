import { z } from 'zod';
import type { BriefSentence } from './assist.ts';
import type { LogLineForModel } from './assist-log.ts';
import { normalise } from './fusion-text.ts';
import { incidentKind } from './incident-kind.ts';

/**
 * What a model says is believed only as far as it can be checked: kinds against the table, places against the words that were told, incidents
 * and log lines against what it was shown. What fails is left out and counted.
 */
export const modelProposal = z.object({
  kinds: z.array(z.string()).describe('codes from the list, best first, at most three'),
  place: z.string().nullable().describe('the words of the text that say where, copied exactly; null if none'),
  summary: z.string().nullable().describe('one sentence, at most 60 characters, in the language of the text'),
  same: z.array(z.number()).describe('numbers of open incidents that the text is about; empty if none'),
});
export type ModelProposal = z.infer<typeof modelProposal>;

export const modelBrief = z.object({
  sentences: z.array(
    z.object({
      text: z.string().describe('one sentence of the brief, without line numbers in it'),
      cites: z.array(z.number()).describe('numbers of the log lines that say so, at least one'),
    }),
  ),
});
export type ModelBrief = z.infer<typeof modelBrief>;

const mostKinds = 3;
const longestSummary = 160;
const longestSentence = 400;
const mostSentences = 40;
/** Addresses and markup have no business in a brief; they are how told text would lead a reader elsewhere. */
const foreign = /https?:|www\.|\]\(|<\/?[a-z]|[\p{Cc}\p{Cf}]/iu;
const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();

const padded = (digits: string | undefined): string => (digits ?? '').padStart(2, '0');
const clockTime = /(?<![\d.])(\d{1,2})(?::(\d{2})(?::(\d{2}))?|[时点](\d{1,2})分(?:(\d{1,2})秒)?)(?!\d)/g;
const date = /(?<![\d.])(?:(\d{1,2})月(\d{1,2})日|(\d{2})-(\d{2}))(?![\d-])/g;
const number = /\d+(?:\.\d+)?/g;

/** Figures in a text, so that one that nobody told is noticed: times and dates as such, a decimal as one. */
export function figuresOf(text: string): string[] {
  const found: string[] = [];
  const rest = normalise(text)
    .replace(clockTime, (_, hour, minute, second, minuteSaid, secondSaid) => {
      const seconds = second ?? secondSaid;
      found.push(`${padded(hour)}:${padded(minute ?? minuteSaid)}${seconds ? `:${padded(seconds)}` : ''}`);
      return ' ';
    })
    .replace(date, (_, monthSaid, daySaid, month, day) => {
      found.push(`${padded(month ?? monthSaid)}-${padded(day ?? daySaid)}`);
      return ' ';
    });
  return [...found, ...(rest.match(number) ?? []).map((run) => run.replace(/^0+(?=\d)/, ''))];
}
const counted = /[零〇一二两三四五六七八九十百]{1,8}/g;
/** A time to the second is known to the minute as well, and 两个人 are two whatever is counted. */
const allowedBy = (text: string): string[] => [
  ...figuresOf(text).flatMap((one) => (/^\d\d:\d\d:\d\d$/.test(one) ? [one, one.slice(0, 5)] : [one])),
  ...(text.match(counted) ?? []).flatMap((run) => figuresOf(`${run}号`)),
];
const isSubset = (some: readonly string[], all: ReadonlySet<string>): boolean => some.every((one) => all.has(one));

export type Checked<T> = { readonly value: T; readonly dropped: number };

const squeezed = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

export type ProposalContext = {
  /** As the model was shown it, and as it was told. */
  readonly shown: string;
  readonly told: string;
  /** Ids of the open incidents that it was shown, in the order of their numbers. */
  readonly incidents: readonly string[];
};
export type CheckedProposal = {
  readonly kinds: readonly string[];
  readonly place: string | null;
  readonly summary: string | null;
  readonly same: readonly string[];
};

export function checkProposal(raw: ModelProposal, of: ProposalContext): Checked<CheckedProposal> {
  let dropped = 0;
  const keep = <T>(list: readonly T[], good: (one: T) => boolean): T[] => {
    const kept = list.filter(good);
    dropped += list.length - kept.length;
    return kept;
  };
  const kinds = keep([...new Set(raw.kinds)], (code) => incidentKind(code) !== null).slice(0, mostKinds);
  const same = keep([...new Set(raw.same)], (n) => of.incidents[n - 1] !== undefined).map((n) => of.incidents[n - 1]!);
  const [place] = keep(
    raw.place === null || tidy(raw.place) === '' ? [] : [tidy(raw.place)],
    (words) => words.length <= 120 && !words.includes('[') && squeezed(of.told).includes(squeezed(words)),
  );
  const figures = new Set(allowedBy(`${of.shown}\n${of.told}`));
  const [summary] = keep(
    raw.summary === null || tidy(raw.summary) === '' ? [] : [tidy(raw.summary)],
    (words) => words.length <= longestSummary && !foreign.test(words) && isSubset(figuresOf(words), figures),
  );
  return { value: { kinds, place: place ?? null, summary: summary ?? null, same }, dropped };
}

/** A sentence stands only on lines that exist, and with figures that these lines hold. */
export function checkBrief(raw: ModelBrief, lines: readonly LogLineForModel[]): Checked<BriefSentence[]> {
  const byNumber = new Map(lines.map((line) => [line.n, line]));
  const sentences = raw.sentences.flatMap(({ text: words, cites }) => {
    const text = tidy(words);
    const cited = [...new Set(cites)];
    const said = cited.flatMap((n) => byNumber.get(n) ?? []);
    if (text === '' || text.length > longestSentence || foreign.test(text)) return [];
    if (cited.length === 0 || said.length !== cited.length) return [];
    const figures = new Set(said.flatMap(({ at, facts }) => allowedBy(`${at} ${facts}`)));
    return isSubset(figuresOf(text), figures) ? [{ text, cites: [...cited].sort((a, b) => a - b) }] : [];
  });
  const kept = sentences.slice(0, mostSentences);
  return { value: kept, dropped: raw.sentences.length - kept.length };
}
