import type { QualityFlag } from '@/server/wire/record.ts';
import type { DayTime, Trend } from './message.ts';
import { conditionsOf, emptyDraft, Tokens, takeCondition, takeForecast } from './read-conditions.ts';
import { readDayTime } from './read-groups.ts';

/** Where what holds now ends and what is expected begins. `FM` with a time is one only in a forecast. */
export const beginsTrend = (token: string, forecast: boolean): boolean =>
  /^(?:NOSIG|BECMG|TEMPO|INTER|PROB\d{2})$/.test(token) || (forecast && /^FM\d{4}(?:\d{2})?$/.test(token));

/** Military colours of visibility and cloud. */
export const colours = /^(?:BLACK)?(?:BLU\+?|WHT|GRN|YLO[12]?|AMB|RED)$|^BLACK$/;

const span = /^(\d{4})\/(\d{4})$/;

export type Span = { readonly from: DayTime; readonly until: DayTime };

/** `3012/3118`. */
export function readSpan(token: string): Span | null {
  const parts = span.exec(token);
  const from = parts && readDayTime(parts[1]!);
  const until = parts && readDayTime(parts[2]!);
  return from && until ? { from, until } : null;
}

type Read = {
  readonly trends: readonly Trend[];
  readonly unread: readonly string[];
  /** Behind NOSIG: of what is, not of what is expected. */
  readonly colours: readonly string[];
};

type Asked = {
  readonly forecast: boolean;
  readonly flags: Set<QualityFlag>;
  /** Validity of a forecast of before 2008, whose changes name hours alone. */
  readonly old?: Span | null;
};

/** All trends of a report, each with the conditions it names. */
export function readTrends(words: readonly string[], { forecast, flags, old = null }: Asked): Read {
  const trends: Trend[] = [];
  const unread: string[] = [];
  const stated: string[] = [];
  const tokens = new Tokens(words);
  while (tokens.here !== undefined) trends.push(readTrend(tokens, { forecast, flags, old, unread, stated }));
  return { trends, unread, colours: stated };
}

type Context = Required<Asked> & {
  readonly unread: string[];
  readonly stated: string[];
};

function readTrend(tokens: Tokens, { forecast, flags, old, unread, stated }: Context): Trend {
  const begin = tokens.at;
  const draft = emptyDraft();
  const times: { kind: 'FM' | 'TL' | 'AT'; hour: number; minute: number }[] = [];
  const opening = /^FM(\d{2})(\d{2})$/.exec(tokens.here ?? '');
  if (opening && !forecast) times.push({ kind: 'FM', hour: Number(opening[1]), minute: Number(opening[2]) });
  let { type, from } = readHead(tokens, old);
  let until: DayTime | null = null;
  const hours = old && type !== 'FM' ? /^(\d{2})(\d{2})$/.exec(tokens.here ?? '') : null;
  const [begins, ends] = [hours?.[1], hours?.[2]].map((hour) => (hour && old ? hourWithin(old, hour) : null));
  if (begins && ends) {
    [from, until] = [begins, ends];
    tokens.at++;
  }
  while (tokens.here !== undefined && !(tokens.at > begin && beginsTrend(tokens.here, forecast))) {
    const token = tokens.here;
    const bounds = readSpan(token);
    const spaced = /^(?:FM|TL|AT)$/.test(token) && /^\d{4}$/.test(tokens.ahead());
    const time = /^(FM|TL|AT)(\d{2})(\d{2})$/.exec(spaced ? `${token}${tokens.ahead()}` : token);
    const end = forecast ? /^TL(\d{6})$/.exec(token) : null;
    if (bounds) {
      ({ from, until } = bounds);
      tokens.at++;
    } else if (time && Number(time[2]) <= 24 && Number(time[3]) <= 59) {
      times.push({ kind: time[1] as 'FM' | 'TL' | 'AT', hour: Number(time[2]), minute: Number(time[3]) });
      tokens.at += spaced ? 2 : 1;
    } else if (end) {
      until = readDayTime(end[1]!);
      tokens.at++;
    } else if (!forecast && colours.test(token)) {
      // One of an expected trend stays in its words.
      if (type === 'NOSIG') stated.push(token);
      tokens.at++;
    } else {
      const taken =
        takeCondition(tokens, draft, { windDue: false, flags }) || (forecast ? takeForecast(token, draft) : 0);
      if (taken === 0) unread.push(token);
      tokens.at += Math.max(1, taken);
    }
  }
  const raw = tokens.list.slice(begin, tokens.at).join(' ');
  return { type, raw, times, from, until, ...conditionsOf(draft) };
}

/** The words that name a trend; a probability and TEMPO are one. */
function readHead(tokens: Tokens, old: Span | null): { type: string; from: DayTime | null } {
  const word = tokens.here ?? '';
  tokens.at++;
  if (word.startsWith('FM')) return { type: 'FM', from: fromOf(word.slice(2), old) };
  if (!word.startsWith('PROB') || !/^(?:TEMPO|INTER)$/.test(tokens.here ?? '')) return { type: word, from: null };
  const type = `${word} ${tokens.here}`;
  tokens.at++;
  return { type, from: null };
}

const fromOf = (digits: string, old: Span | null): DayTime | null =>
  digits.length === 6 ? readDayTime(digits) : old && hourWithin(old, digits);

/** `hh` or `hhmm` of the day within the validity. */
export function hourWithin({ from, until }: Span, digits: string): DayTime | null {
  const { day } = Number(digits.slice(0, 2)) >= from.hour ? from : until;
  return readDayTime(`${String(day).padStart(2, '0')}${digits}`);
}
