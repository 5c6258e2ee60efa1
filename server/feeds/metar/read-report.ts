import type { QualityFlag } from '@/server/wire/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Metar, RunwayRange, Taf } from './message.ts';
import { conditionsOf, emptyDraft, Tokens, takeCondition } from './read-conditions.ts';
import { readForecast } from './read-forecast.ts';
import {
  isRunwayState,
  readPressure,
  readRain,
  readRunwayRange,
  readSea,
  readTemperatures,
  readVisibility,
  readWeather,
} from './read-groups.ts';
import { type Common, type Head, readHead } from './read-head.ts';
import { beginsTrend, colours, readTrends } from './read-trends.ts';
import { splitRemarks } from './split-remarks.ts';

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
  const { told, remarks } = splitRemarks(words);
  const tokens = new Tokens(told);
  const head = readHead(tokens);
  if ('refused' in head) return head;
  const common = {
    filedAt: date ? filedAt(date) : null,
    remarks,
    raw: body,
  };
  return head.type === 'TAF' ? readForecast(tokens, head, common) : readObservation(tokens, head, common);
}

const filedAt = ([, year, month, day, hour, minute]: RegExpExecArray): number =>
  Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));

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
  let rain: Metar['rain'] = null;
  let colour: string | null = null;
  let maintenance = false;
  let auto = head.auto;
  const first = tokens.at;

  /** What only an observation has. */
  function takeOther(token: string): boolean {
    const pressure = readPressure(token);
    const range = readRunwayRange(token);
    const water = readSea(token);
    const fallen = readRain(token);
    // Slashes may be another group that has nothing to say: figures go before them.
    const degrees = temperature?.temperature != null ? null : readTemperatures(token);
    if (pressure) pressures.push(pressure);
    else if (range) ranges.push(range);
    else if (isRunwayState(token)) states.push(token);
    else if (water) sea = water;
    else if (fallen) rain = fallen;
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
    const spaced = /^(?:QNH|Q|A)$/.test(token) && /^\d{4}$/.test(tokens.ahead());
    const late = pressures.length > 0 && isRemark(token);
    const taken = late ? 0 : takeCondition(tokens, draft, { windDue: tokens.at === first, flags });
    if (taken === 0 && (late || !takeOther(spaced ? `${token}${tokens.ahead()}` : token))) unread.push(token);
    tokens.at += Math.max(spaced ? 2 : 1, taken);
  }
  const trends = readTrends(tokens.list.slice(tokens.at), { forecast: false, flags });
  for (const said of trends.colours) colour = colour === null ? said : `${colour} ${said}`;
  const { temperature: air, dewPoint } = temperature ?? { temperature: null, dewPoint: null };
  // Australia says it there.
  rain ??= (common.remarks?.split(' ') ?? []).map(readRain).find((one) => one !== null) ?? null;
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
    rain,
    colour,
    maintenance: flags.has('maintenance'),
    trends: trends.trends,
    unread: [...unread, ...trends.unread],
    flags: [...flags],
  };
}

/** Behind the pressure weather and visibility are words of a remark that has no name (`TCU ALL HZ`), or of another forecast. */
function isRemark(token: string): boolean {
  const weather = readWeather(token);
  return weather ? !weather.recent : token !== '////' && readVisibility(token) !== null;
}
