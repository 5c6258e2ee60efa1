import type { QualityFlag } from '@/server/wire/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Metar, RunwayRange, Taf } from './message.ts';
import { conditionsOf, emptyDraft, Tokens, takeCondition } from './read-conditions.ts';
import {
  isRunwayState,
  readCelsius,
  readDayTime,
  readPressure,
  readRunwayRange,
  readSea,
  readTemperatures,
} from './read-groups.ts';
import { beginsTrend, colours, readSpan, readTrends } from './read-trends.ts';

type Head = {
  readonly type: 'METAR' | 'SPECI' | 'TAF';
  readonly station: string;
  readonly issued: NonNullable<ReturnType<typeof readDayTime>>;
  readonly correction: number;
  readonly auto: boolean;
  readonly nil: boolean;
  readonly amended: boolean;
  readonly cancelled: boolean;
};

/** One report, WMO FM 15 (METAR), FM 16 (SPECI) or FM 51 (TAF), with the words of other countries where they differ. */
export function readReport(text: string): Metar | Taf | Refusal {
  const date = /^(\d{4})\/(\d{2})\/(\d{2})\s+(\d{2}):(\d{2})\s/.exec(text);
  const body = text
    .slice(date?.[0].length ?? 0)
    .replace(/\\[nrt]/g, ' ')
    .replace(/=\s*$/, ' ')
    .trim()
    .toUpperCase();
  const words = body.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return refuse('empty', 'no groups', 0);
  const remark = words.findIndex((word) => word === 'RMK' || word === 'RMKS');
  const told = remark === -1 ? words : words.slice(0, remark);
  const tokens = new Tokens(told);
  const head = readHead(tokens);
  if ('refused' in head) return head;
  const common = {
    filedAt: date ? filedAt(date) : null,
    remarks: remark === -1 ? null : words.slice(remark + 1).join(' '),
    raw: body,
  };
  return head.type === 'TAF' ? readForecast(tokens, head, common) : readObservation(tokens, head, common);
}

const filedAt = ([, year, month, day, hour, minute]: RegExpExecArray): number =>
  Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));

const markers = /^(?:AUTO|NIL|FINO|AMD|CNL|CORR?|CC[A-Z]|RTD)$/;

function readHead(tokens: Tokens): Head | Refusal {
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
  const time = /^(\d{6})Z?$/.exec(tokens.here ?? '');
  if (!time) {
    if (tokens.here === 'NIL') return refuse('schema', `${station}: NIL without a time`, null);
    return refuse(type === null ? 'not_protocol' : 'schema', `${station}: no time of issue`, null);
  }
  const issued = readDayTime(time[1]!);
  if (!issued) return refuse('value', `${station}: ${time[0]} is no time`, null);
  tokens.at++;
  gather();
  // In bulletins the word TAF stands once, above all the reports.
  type ??= readSpan(tokens.here ?? '') ? 'TAF' : 'METAR';
  const corrections = marks.map((mark) =>
    mark.startsWith('COR') ? 1 : mark.startsWith('CC') ? mark.charCodeAt(2) - 64 : 0,
  );
  return {
    type,
    station,
    issued,
    correction: Math.max(0, ...corrections),
    auto: marks.includes('AUTO'),
    // FINO: the observer has nothing to say, which is the same.
    nil: marks.includes('NIL') || marks.includes('FINO'),
    amended: marks.includes('AMD'),
    cancelled: marks.includes('CNL'),
  };
}

type Common = { readonly filedAt: number | null; readonly remarks: string | null; readonly raw: string };

function readObservation(tokens: Tokens, head: Head, common: Common): Metar {
  const draft = emptyDraft();
  const flags = new Set<QualityFlag>();
  const unread: string[] = [];
  const pressures: Metar['pressures'][number][] = [];
  const ranges: RunwayRange[] = [];
  const states: string[] = [];
  let temperature: ReturnType<typeof readTemperatures> = null;
  let temperatureRaw: string | null = null;
  let sea: Metar['sea'] = null;
  let colour: string | null = null;
  let maintenance = false;
  let auto = head.auto;
  const first = tokens.at;

  /** What only an observation has. */
  function takeOther(token: string): boolean {
    const pressure = readPressure(token);
    const range = readRunwayRange(token);
    const water = readSea(token);
    // Slashes may be another group that has nothing to say: figures go before them.
    const degrees = temperature?.temperature != null ? null : readTemperatures(token);
    if (pressure) pressures.push(pressure);
    else if (range) ranges.push(range);
    else if (isRunwayState(token)) states.push(token);
    else if (water) sea = water;
    else if (degrees && !(temperature && degrees.temperature === null))
      [temperature, temperatureRaw] = [degrees, token];
    else if (colours.test(token)) colour = colour === null ? token : `${colour} ${token}`;
    else if (token === '$') maintenance = true;
    else if (token === 'AUTO') auto = true;
    else return false;
    return true;
  }

  // A landing forecast of Australia begins with FM; elsewhere it stands within another trend.
  while (tokens.here !== undefined && !beginsTrend(tokens.here, true)) {
    const token = tokens.here;
    const taken = takeCondition(tokens, draft, { windDue: tokens.at === first, flags });
    if (taken === 0 && !takeOther(token)) unread.push(token);
    tokens.at += Math.max(1, taken);
  }
  const trends = readTrends(tokens.list.slice(tokens.at), false, flags);
  for (const said of trends.colours) colour = colour === null ? said : `${colour} ${said}`;
  const { temperature: air, dewPoint } = temperature ?? { temperature: null, dewPoint: null };
  if (maintenance || common.remarks?.endsWith('$')) flags.add('maintenance');
  return {
    ...common,
    type: head.type as 'METAR' | 'SPECI',
    station: head.station,
    issued: head.issued,
    correction: head.correction,
    nil: head.nil,
    auto,
    conditions: conditionsOf(draft),
    runwayRanges: ranges,
    runwayStates: states,
    temperatureCel: air,
    dewPointCel: dewPoint,
    temperatureRaw,
    pressures: [...pressures].sort((one, other) => Number(one.raw.startsWith('A')) - Number(other.raw.startsWith('A'))),
    sea,
    colour,
    maintenance: flags.has('maintenance'),
    trends: trends.trends,
    unread: [...unread, ...trends.unread],
    flags: [...flags],
  };
}

const extreme = /^T([XN])(M?\d{2})\/(\d{2}|\d{4})Z?$/;

function readForecast(tokens: Tokens, head: Head, common: Common): Taf {
  const draft = emptyDraft();
  const flags = new Set<QualityFlag>();
  const unread: string[] = [];
  const temperatures: Taf['temperatures'][number][] = [];
  const bounds = readSpan(tokens.here ?? '') ?? oldSpan(tokens.here ?? '');
  if (bounds) tokens.at++;
  let { nil, cancelled } = head;

  // Highest and lowest temperatures stand anywhere, also behind the trends.
  const words = tokens.list.slice(tokens.at).filter((word) => {
    const parts = extreme.exec(word);
    const at = parts && extremeAt(parts[3]!, bounds);
    if (parts && at)
      temperatures.push({
        raw: word,
        kind: parts[1] === 'X' ? 'highest' : 'lowest',
        celsius: readCelsius(parts[2]!) ?? 0,
        at,
      });
    return !(parts && at);
  });
  const rest = new Tokens(words);
  while (rest.here !== undefined && !beginsTrend(rest.here, true)) {
    const token = rest.here;
    const taken = takeCondition(rest, draft, { windDue: rest.at === 0, flags });
    if (token === 'NIL') nil = true;
    else if (token === 'CNL') cancelled = true;
    else if (taken === 0) unread.push(token);
    rest.at += Math.max(1, taken);
  }
  const trends = readTrends(rest.list.slice(rest.at), true, flags);
  return {
    ...common,
    type: 'TAF',
    station: head.station,
    issued: head.issued,
    correction: head.correction,
    nil,
    amended: head.amended,
    cancelled,
    from: bounds?.from ?? null,
    until: bounds?.until ?? null,
    conditions: conditionsOf(draft),
    temperatures,
    trends: trends.trends,
    unread: [...unread, ...trends.unread],
    flags: [...flags],
  };
}

/** `07` of before 2008 names the hour alone: of the day within the validity. */
function extremeAt(digits: string, bounds: ReturnType<typeof readSpan>) {
  if (digits.length === 4) return readDayTime(digits);
  const day = bounds && (Number(digits) >= bounds.from.hour ? bounds.from : bounds.until).day;
  return day === null ? null : readDayTime(`${String(day).padStart(2, '0')}${digits}`);
}

/** `301221` of before 2008: day, first and last hour. */
function oldSpan(token: string) {
  const parts = /^(\d{2})(\d{2})(\d{2})$/.exec(token);
  const from = parts && readDayTime(`${parts[1]}${parts[2]}`);
  const until = parts && readDayTime(`${parts[1]}${parts[3]}`);
  return from && until ? { from, until } : null;
}
