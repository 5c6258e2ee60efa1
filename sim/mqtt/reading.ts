import { envelope, iso } from '../push/record.ts';
import type { Station } from '../stations/station.ts';

/** One message of a sensor: the readings of one moment as the JSON push profile has them, on a topic of its own. */
export const topicOf = (source: string, station: Station): string => `one-network/${source}/${station.key}`;

export function payloadOf(station: Station, values: ReadonlyMap<string, number>, atMs: number): string {
  const records = station.measures.flatMap(({ property, unit }) => {
    const value = values.get(property);
    if (value === undefined) return [];
    return [
      {
        kind: 'reading',
        ...envelope({ scheme: station.scheme, key: station.key }, atMs, {
          at: station.at,
          dedupeKey: `${station.scheme}/${station.key}/${property}/${iso(atMs)}`,
        }),
        property,
        statistic: 'instant',
        intervalS: null,
        value,
        unit,
        rawValue: value,
        rawUnit: unit,
        limit: null,
      },
    ];
  });
  return JSON.stringify(records);
}
