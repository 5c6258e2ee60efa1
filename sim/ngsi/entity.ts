import type { LonLat } from '../geo.ts';

/** Entities of the Smart Data Models as NGSI-LD (ETSI GS CIM 009 §4.5): properties with UN/CEFACT unit codes and the time of each value. */
export type Told = {
  readonly id: string;
  readonly name: string;
  readonly at: LonLat;
  readonly observedAtMs: number;
  readonly values: ReadonlyMap<string, number>;
};

/** Our property → attribute of the model, code of its unit, and how the number is sent. */
type Attribute = { readonly name: string; readonly unitCode?: string; readonly sent?: (value: number) => number };
const weather: Readonly<Record<string, Attribute>> = {
  airTemperature: { name: 'temperature', unitCode: 'CEL' },
  /** A share of one in the model. */
  relativeHumidity: { name: 'relativeHumidity', sent: (value) => Math.round(value * 10) / 1_000 },
  airPressure: { name: 'atmosphericPressure', unitCode: 'A97' },
  windSpeed: { name: 'windSpeed', unitCode: 'MTS' },
  precipitation: { name: 'precipitation', unitCode: 'MMT' },
  visibility: { name: 'visibility', unitCode: 'MTR' },
};

const instant = (atMs: number) => new Date(atMs).toISOString();
const property = (value: unknown, rest: object = {}) => ({ type: 'Property', value, ...rest });

const head = (type: string, { id, name, at, observedAtMs }: Told) => ({
  id,
  type,
  name: property(name),
  location: { type: 'GeoProperty', value: { type: 'Point', coordinates: at } },
  dateObserved: property({ '@type': 'DateTime', '@value': instant(observedAtMs) }),
});

export function weatherObserved(told: Told): object {
  const attributes = [...told.values].flatMap(([of, value]) => {
    const attribute = weather[of];
    if (!attribute) return [];
    const { name, unitCode, sent } = attribute;
    const held = { observedAt: instant(told.observedAtMs), ...(unitCode ? { unitCode } : {}) };
    return [[name, property(sent ? sent(value) : value, held)] as const];
  });
  return { ...head('WeatherObserved', told), ...Object.fromEntries(attributes) };
}

/** People inside a scenic area against what is approved for it. */
export const touristAttraction = (told: Told, { inside, maximum }: { inside: number; maximum: number }): object => ({
  ...head('TouristAttraction', told),
  peopleInside: property(inside, { observedAt: instant(told.observedAtMs) }),
  maximumCapacity: property(maximum),
});

export const offStreetParking = (
  told: Told,
  { available, maximum }: { available: number; maximum: number },
): object => ({
  ...head('OffStreetParking', told),
  availableSpotNumber: property(available, { observedAt: instant(told.observedAtMs) }),
  totalSpotNumber: property(maximum),
});

/** A broker's notification (§5.8.6): what has changed in one round. */
export const notification = (entities: readonly object[], { number, atMs }: { number: number; atMs: number }): string =>
  JSON.stringify({
    id: `urn:ngsi-ld:Notification:city-sim:${number}`,
    type: 'Notification',
    subscriptionId: 'urn:ngsi-ld:Subscription:one-network',
    notifiedAt: instant(atMs),
    data: entities,
  });
