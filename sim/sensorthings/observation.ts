import type { LonLat } from '../geo.ts';

/** OGC SensorThings 1.1: a Thing with its Datastreams and their newest observation, as a server answers `$expand` (18-088 §9.3). */
export type Pole = {
  readonly id: string;
  readonly name: string;
  readonly at: LonLat;
  readonly observedAtMs: number;
  /** Streams in a fixed order: the place in it is the stream's number. */
  readonly values: readonly { readonly property: string; readonly value: number }[];
};

const units: Readonly<Record<string, { name: string; symbol: string; definition: string }>> = {
  airTemperature: { name: 'degree Celsius', symbol: '°C', definition: 'ucum:Cel' },
  LAeq: { name: 'A-weighted decibel', symbol: 'dB(A)', definition: 'ucum:dB' },
};

/** A time that lasted (the mean level of the minute before) is an interval. */
const lasting: Readonly<Record<string, number>> = { LAeq: 60_000 };
const instant = (atMs: number) => new Date(atMs).toISOString();

export function thing({ id, name, at, observedAtMs, values }: Pole): object {
  return {
    '@iot.id': id,
    name,
    Locations: [
      { '@iot.id': `${id}-place`, encodingType: 'application/geo+json', location: { type: 'Point', coordinates: at } },
    ],
    Datastreams: values.map(({ property, value }, index) => {
      const lastsMs = lasting[property] ?? 0;
      const end = instant(observedAtMs);
      return {
        '@iot.id': `${id}-${index + 1}`,
        name: `${name} ${property}`,
        unitOfMeasurement: units[property] ?? { name: property, symbol: '1', definition: 'ucum:1' },
        ObservedProperty: { '@iot.id': property, name: property },
        Observations: [
          {
            '@iot.id': `${id}-${index + 1}-${observedAtMs}`,
            phenomenonTime: lastsMs ? `${instant(observedAtMs - lastsMs)}/${end}` : end,
            resultTime: end,
            result: value,
          },
        ],
      };
    }),
  };
}

export const collection = (things: readonly object[]): string => JSON.stringify({ value: things });
