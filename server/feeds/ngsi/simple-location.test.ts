import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { ngsi } from './ngsi.ts';
import { bytesOf, now } from './testing/entities.ts';

/** NGSI v2, "Geospatial properties of entities": texts of latitude, longitude. */
function placed(type: string, value: unknown) {
  const document = ngsi.decode(
    bytesOf({ id: 'w', type: 'WeatherObserved', temperature: 20, location: { type, value, metadata: {} } }),
  );
  if (isRefusal(document)) throw new Error(document.detail);
  const [one] = ngsi.map(document, { receivedAt: now, crs: 'wgs84', options: {} });
  if (!one || isRefusal(one)) throw new Error('no record');
  return { geometry: one.geometry, flags: one.quality.flags };
}

describe('a simple location', () => {
  it('has its latitude first', () => {
    expect(placed('geo:point', '32.05, 118.79').geometry).toEqual({ type: 'Point', coordinates: [118.79, 32.05] });
    expect(placed('geo:line', ['32, 118', '33,119']).geometry).toEqual({
      type: 'LineString',
      coordinates: [
        [118, 32],
        [119, 33],
      ],
    });
  });

  it.each(['32.05, 1.5.79', '.,.', '1..2, 3', '32.05', '91, 118'])('%j is none, and the value stays', (text) => {
    for (const [type, value] of [
      ['geo:point', text],
      ['geo:line', ['32, 118', text]],
      ['geo:polygon', ['32, 118', '33, 119', '32, 119', text]],
      ['geo:box', ['32, 118', text]],
    ] as const) {
      const { geometry, flags } = placed(type, value);
      expect([geometry, flags.length > 0], type).toEqual([null, true]);
    }
  });
});
