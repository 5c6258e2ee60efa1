import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Tokens } from './read-conditions.ts';
import { readDayTime } from './read-groups.ts';
import { readSpan } from './read-trends.ts';

export type Head = {
  readonly type: 'METAR' | 'SPECI' | 'TAF';
  readonly station: string;
  readonly issued: ReturnType<typeof readDayTime>;
  readonly correction: number;
  readonly auto: boolean;
  readonly nil: boolean;
  readonly amended: boolean;
  readonly cancelled: boolean;
};

/** What every report has beside its groups. */
export type Common = { readonly filedAt: number | null; readonly remarks: string | null; readonly raw: string };

const markers = /^(?:AUTO|NIL|FINO|AMD|CNL|CORR?|CC[A-Z]|RTD)$/;

/** Kind, station, time, and the words that say how far the rest can be trusted. */
export function readHead(tokens: Tokens): Head | Refusal {
  const marks: string[] = [];
  let type: Head['type'] | null = null;
  const gather = () => {
    for (let word = tokens.here; word !== undefined; word = tokens.here) {
      if (word === 'METAR' || word === 'SPECI' || word === 'TAF') type ??= word;
      else if (markers.test(word)) marks.push(word);
      else return;
      tokens.at++;
    }
  };
  gather();
  const station = tokens.here ?? '';
  if (!/^[A-Z][A-Z\d]{3}$/.test(station))
    return type === null
      ? refuse('not_protocol', 'neither a report nor a station stands at the beginning', 0)
      : refuse('schema', `"${station.slice(0, 20)}" is no station`, null);
  tokens.at++;
  gather();
  const issued = readIssued(tokens, station, type === null ? 'not_protocol' : 'schema');
  const silent = marks.includes('NIL') || (type === 'TAF' && readSpan(tokens.here ?? '') !== null);
  if (isRefusal(issued) && (issued.refused === 'value' || !silent)) return issued;
  gather();
  // In bulletins the word TAF stands once, above all the reports.
  type ??= readSpan(tokens.here ?? '') ? 'TAF' : 'METAR';
  const corrections = marks.map((mark) =>
    mark.startsWith('COR') ? 1 : mark.startsWith('CC') ? mark.charCodeAt(2) - 64 : 0,
  );
  return {
    type,
    station,
    issued: isRefusal(issued) ? null : issued,
    correction: Math.max(0, ...corrections),
    auto: marks.includes('AUTO'),
    // FINO: the observer has nothing to say, which is the same.
    nil: marks.includes('NIL') || marks.includes('FINO'),
    amended: marks.includes('AMD'),
    cancelled: marks.includes('CNL'),
  };
}

/** The time of issue. Some stand twice, the second glued to what follows. */
function readIssued(tokens: Tokens, station: string, missing: 'not_protocol' | 'schema') {
  const time = /^(\d{6})Z?$/.exec(tokens.here ?? '');
  if (!time) return refuse(missing, `${station}: no time of issue`, null);
  const issued = readDayTime(time[1]!);
  if (!issued) return refuse('value', `${station}: ${time[0]} is no time`, null);
  tokens.at++;
  tokens.drop(`${time[1]}Z`);
  return issued;
}
