import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { openCollection } from '../testing/collection.ts';
import { decode } from './decode.ts';
import { frame } from './frame.ts';
import type { Cloud, Metar, Taf, Trend, Weather, Wind } from './message.ts';
import { bytesOf, textOf } from './testing/reports.ts';

/** Reports with the values that another reader asserts. Not part of the project. */
const collection = openCollection('metar');
type Sample = { id: string; text: string; expected: Record<string, string | number> };
const samples: Sample[] = collection.lines('frames.jsonl');

const knots = 3600 / 1852;
const windOf = (wind: Wind | null) => ({
  degrees: wind?.directionDeg,
  speed: wind?.speedMps == null ? null : Math.round(wind.speedMps * knots),
  gust: wind?.gustMps == null ? null : Math.round(wind.gustMps * knots),
  unit: wind?.unit,
  minVariation: wind?.fromDeg,
  maxVariation: wind?.toDeg,
});
const cloudsOf = (clouds: readonly Cloud[]) =>
  clouds.map(({ baseM }) => ({ height: baseM === null ? null : Math.round(baseM / 0.3048 / 100) * 100 }));
const weatherOf = (weather: readonly Weather[]) => weather.map(({ phenomena }) => ({ phenomenons: phenomena }));
const trendOf = (trend: Trend) => ({
  raw: trend.raw,
  type: trend.type,
  times: trend.times,
  weatherConditions: weatherOf(trend.weather),
  clouds: cloudsOf(trend.clouds),
});

/** Our report under the other reader's names. Lists have a `length` of their own. */
function asStated(report: Metar | Taf): Record<string, unknown> {
  const { conditions, trends } = report;
  const stated = {
    ...report.issued,
    station: report.station,
    wind: windOf(conditions.wind),
    clouds: cloudsOf(conditions.clouds),
    weatherConditions: weatherOf(conditions.weather),
    trends: trends.map(trendOf),
    remark: report.remarks,
    validity:
      report.type === 'TAF'
        ? {
            startDay: report.from?.day,
            startHour: report.from?.hour,
            endDay: report.until?.day,
            endHour: report.until?.hour,
          }
        : null,
  };
  return {
    metar: stated,
    taf: stated,
    trend: stated.trends[0],
    windDirDeg: conditions.wind?.directionDeg,
    pressureHpa: report.type === 'TAF' ? null : report.pressures[0]?.hPa,
  };
}
const at = (value: unknown, path: string): unknown =>
  path
    .replace(/\?/g, '')
    .split(/[.[\]]+/)
    .filter((name) => name !== '')
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name], value);

/** What the source asserts of lines that are not in the sample, or of things we do not split: points of the compass, remarks. */
const beyond = /^(?:tempo|becmg\d)\.|direction$|remarks\.length$/;
const cutOff = new Set(['metar-e8e97a7f08 taf.trends.length']);

describe.skipIf(!collection.present)(`collected reports (${samples.length})`, () => {
  it('is not an empty collection', () => expect(samples.length).toBe(11));

  it('reads every report as its source does', () => {
    let compared = 0;
    let apart = 0;
    for (const { id, text, expected } of samples) {
      const document = decode(bytesOf(text));
      if (isRefusal(document)) throw new Error(`${id}: ${document.detail}`);
      expect(document.reports.length, id).toBe(1);
      const own = asStated(document.reports[0]!);
      for (const [path, value] of Object.entries(expected)) {
        if (beyond.test(path) || cutOff.has(`${id} ${path}`)) {
          apart++;
          continue;
        }
        expect(at(own, path), `${id} ${path}`).toBe(value);
        compared++;
      }
    }
    expect([compared, apart]).toEqual([45, 36]);
  });

  it('cuts them out of one stream, wherever it is torn', () => {
    const stream = bytesOf(samples.map(({ text }) => `${text}=\r\n`).join(''));
    const whole = frame(stream).frames.map(textOf);
    expect(whole).toEqual(samples.map(({ text }) => `${text}=`));
    for (let cut = 0; cut <= stream.length; cut++) {
      const first = frame(stream.subarray(0, cut));
      const second = frame(new Uint8Array([...first.rest, ...stream.subarray(cut)]));
      expect(
        [...first.frames, ...second.frames].map((one) => textOf(one).trim()),
        `cut at ${cut}`,
      ).toEqual(whole);
    }
  });
});
