import type { Station } from '../stations/station.ts';
import { type AerodromeWeather, metar, taf } from './report.ts';

const halfHourMs = 1_800_000;
const kept = 6;
const worseM = 1_500;

function weatherOf(
  station: Station,
  values: ReadonlyMap<string, number>,
  { atMs, rainMmH }: { atMs: number; rainMmH: number },
): AerodromeWeather {
  const of = (property: string, otherwise: number) => values.get(property) ?? otherwise;
  const temperatureC = of('airTemperature', 20);
  const gust = values.get('windGust') ?? 0;
  const wet = rainMmH > 0.2;
  return {
    station: station.key,
    observedAtMs: atMs,
    windDirectionDeg: wet ? 120 : 90,
    windSpeedMps: of('windSpeed', 2),
    gustMps: gust > 0 ? gust : null,
    visibilityM: of('visibility', 9_999),
    weather: rainMmH > 8 ? ['+TSRA'] : rainMmH > 2.5 ? ['RA'] : wet ? ['-RA'] : [],
    cloud: rainMmH > 2.5 ? { amount: 'BKN', baseM: 450 } : wet ? { amount: 'SCT', baseM: 900 } : null,
    temperatureC,
    dewPointC: temperatureC - (wet ? 1 : 6),
    qnhHpa: of('pressureQnh', 1_013),
  };
}

/**
 * The page of an aerodrome: its reports of the last hours, the newest first, and its forecast. A report is made each half hour, and
 * between (SPECI) where the visibility breaks down.
 */
export function metarSpeaker() {
  const lines: string[] = [];
  let last: { halfHour: number; visibilityM: number } | null = null;
  return (
    station: Station,
    values: ReadonlyMap<string, number>,
    { atMs, rainMmH }: { atMs: number; rainMmH: number },
  ): string => {
    const halfHour = Math.floor(atMs / halfHourMs);
    const visibilityM = values.get('visibility') ?? 9_999;
    const isNew = last === null || halfHour > last.halfHour;
    const special = last !== null && last.visibilityM >= worseM && visibilityM < worseM;
    if (isNew || special) {
      const observedAtMs = isNew ? halfHour * halfHourMs : atMs;
      const of = weatherOf(station, values, { atMs: observedAtMs, rainMmH });
      lines.unshift(metar(of, isNew ? 'METAR' : 'SPECI'));
      lines.splice(kept);
      last = { halfHour, visibilityM };
    }
    return `${[...lines, taf(weatherOf(station, values, { atMs: halfHour * halfHourMs, rainMmH }), rainMmH > 2.5)].join('\n')}\n`;
  };
}
