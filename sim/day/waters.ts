import type { LonLat } from '../geo.ts';
import { type Network, underpassOf } from '../network/network.ts';
import { underpasses } from '../network/roads.ts';
import { envelope, iso, type ReadingRecord } from '../push/record.ts';

/** What the sky and the scenario do at a moment; the waters follow from it. */
export type Weather = {
  readonly rainMmH: number;
  /** Depth in metres at the underpasses that the scenario drowns. */
  readonly depthM: Readonly<Record<string, number>>;
  /** Rise of the inner rivers above their dry level, metres. */
  readonly riseM: number;
  /** 0 to 1: how hard the hospitals of the south are pressed. */
  readonly bedPressure: number;
};

export const dry: Weather = { rainMmH: 0, depthM: {}, riseM: 0, bedPressure: 0 };

type Station = {
  readonly key: string;
  readonly at: LonLat;
  readonly dryM: number;
  readonly limitM: number;
  readonly tideM: number;
  readonly share: number;
};
/** Gauges, 示意: levels above the Wusong datum and limits are plausible figures, not those of a real station. */
const stations: readonly Station[] = [
  { key: '下关水位站', at: [118.7425, 32.0985], dryM: 7.35, limitM: 8.7, tideM: 0.45, share: 0.25 },
  { key: '东山水位站', at: [118.8365, 31.9585], dryM: 7.6, limitM: 8.5, tideM: 0.05, share: 1 },
  { key: '三汊河口水位站', at: [118.7375, 32.0785], dryM: 7.3, limitM: 8.6, tideM: 0.35, share: 0.6 },
  { key: '滁河六合水位站', at: [118.836, 32.336], dryM: 7.9, limitM: 9.5, tideM: 0, share: 0.7 },
  { key: '玄武湖水位站', at: [118.789, 32.066], dryM: 10.05, limitM: 10.6, tideM: 0, share: 0.3 },
];

const rainGauges: readonly { readonly key: string; readonly at: LonLat; readonly share: number }[] = [
  { key: '鼓楼雨量站', at: [118.7765, 32.061], share: 0.9 },
  { key: '孝陵卫雨量站', at: [118.851, 32.036], share: 0.8 },
  { key: '南京南站雨量站', at: [118.793, 31.974], share: 1.15 },
  { key: '河西雨量站', at: [118.727, 32.003], share: 1 },
  { key: '江浦雨量站', at: [118.63, 32.056], share: 0.7 },
  { key: '雄州雨量站', at: [118.841, 32.343], share: 0.45 },
];

const tidePeriodMs = 12.42 * 3_600_000;
const round = (value: number, places: number) => Math.round(value * 10 ** places) / 10 ** places;

function reading(
  key: string,
  at: LonLat,
  atMs: number,
  rest: Pick<ReadingRecord, 'property' | 'statistic' | 'intervalS' | 'value' | 'unit' | 'limit'>,
): ReadingRecord {
  return {
    kind: 'reading',
    ...envelope({ scheme: 'water-level', key }, atMs, {
      at,
      dedupeKey: `water-level/${key}/${rest.property}/${iso(atMs)}`,
    }),
    ...rest,
    rawValue: rest.value,
    rawUnit: rest.unit,
  };
}

export function waterReadings(network: Network, weather: Weather, atMs: number, intervalS: number): ReadingRecord[] {
  const tide = Math.sin((atMs / tidePeriodMs) * 2 * Math.PI);
  const levels = stations.map(({ key, at, dryM, limitM, tideM, share }) =>
    reading(key, at, atMs, {
      property: 'waterLevel',
      statistic: 'instant',
      intervalS: null,
      value: round(dryM + tideM * tide + weather.riseM * share, 2),
      unit: 'm',
      limit: limitM,
    }),
  );
  const depths = underpasses.map(({ id, name }) =>
    reading(name, underpassOf(network, id).at, atMs, {
      property: 'waterDepth',
      statistic: 'instant',
      intervalS: null,
      value: round(weather.depthM[id] ?? Math.min(0.12, weather.rainMmH / 800), 2),
      unit: 'm',
      limit: 0.27,
    }),
  );
  const rain = rainGauges.map(({ key, at, share }) =>
    reading(key, at, atMs, {
      property: 'rainfall',
      statistic: 'sum',
      intervalS,
      value: round((weather.rainMmH * share * intervalS) / 3_600, 1),
      unit: 'mm',
      limit: null,
    }),
  );
  return [...levels, ...depths, ...rain];
}
