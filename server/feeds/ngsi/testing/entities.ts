import { bodyOf as bytesOf } from '../../testing/bytes.ts';

export { bodyOf as bytesOf } from '../../testing/bytes.ts';

import type { FeedRecord } from '@/server/wire/record.ts';
import { isRefusal, type Refusal } from '../../refusal.ts';
import type { NgsiDocument } from '../message.ts';
import { ngsi } from '../ngsi.ts';
import type { NgsiOptions } from '../options.ts';

export function documentOf(value: unknown): NgsiDocument {
  const read = ngsi.decode(bytesOf(value));
  if (isRefusal(read)) throw new Error(`${read.refused}: ${read.detail}`);
  return read;
}

/** 2026-06-15T08:00:00+08:00 */
export const now = Date.UTC(2026, 5, 15);

export const mapped = (value: unknown, options: NgsiOptions = {}): readonly (FeedRecord | Refusal)[] =>
  ngsi.map(documentOf(value), { receivedAt: now, crs: 'wgs84', options });

/** A weather station of our own in every form that one may take. */
export const keyValues = {
  id: 'urn:ngsi-ld:WeatherObserved:NJ-01',
  type: 'WeatherObserved',
  dateObserved: '2026-06-14T23:50:00Z',
  location: { type: 'Point', coordinates: [118.79, 32.05] },
  temperature: 28.4,
  relativeHumidity: 0.81,
};
export const normalizedV2 = {
  id: keyValues.id,
  type: 'WeatherObserved',
  dateObserved: { type: 'DateTime', value: keyValues.dateObserved, metadata: {} },
  location: { type: 'geo:point', value: '32.05, 118.79', metadata: {} },
  temperature: { type: 'Number', value: 28.4, metadata: { unitCode: { type: 'Text', value: 'CEL' } } },
  relativeHumidity: { type: 'Number', value: 0.81, metadata: {} },
};
export const normalizedLd = {
  id: keyValues.id,
  type: 'WeatherObserved',
  dateObserved: { type: 'Property', value: { '@type': 'DateTime', '@value': keyValues.dateObserved } },
  location: { type: 'GeoProperty', value: keyValues.location },
  temperature: { type: 'Property', value: 28.4, unitCode: 'CEL', observedAt: keyValues.dateObserved },
  relativeHumidity: { type: 'Property', value: 0.81 },
  '@context': ['https://example.org/context.jsonld'],
};
export const concise = { ...keyValues, temperature: { value: 28.4, unitCode: 'CEL' } };
export const expanded = {
  '@id': keyValues.id,
  '@type': ['https://example.org/WeatherObserved'],
  'https://example.org/dateObserved': [{ '@value': keyValues.dateObserved }],
  'https://example.org/location': {
    type: 'GeoProperty',
    value: JSON.stringify(keyValues.location),
  },
  'https://example.org/temperature': { type: 'Property', 'https://example.org/value': 28.4, unitCode: 'CEL' },
  'https://example.org/relativeHumidity': 0.81,
};
export const feature = {
  id: keyValues.id,
  type: 'Feature',
  geometry: keyValues.location,
  properties: { ...keyValues, id: undefined, location: undefined },
};
