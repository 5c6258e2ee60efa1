import { describe, expect, it } from 'vitest';
import type { ReadingRecord } from '@/server/wire/record.ts';
import { decode } from './decode.ts';
import {
  bytesOf,
  concise,
  documentOf,
  expanded,
  feature,
  keyValues,
  mapped,
  normalizedLd,
  normalizedV2,
  now,
} from './testing/entities.ts';

const essence = (records: ReturnType<typeof mapped>) =>
  (records as ReadingRecord[]).map(({ property, value, unit, observedAt, geometry, quality }) => ({
    property,
    value,
    unit,
    observedAt,
    geometry,
    quality,
  }));

describe('forms of an entity', () => {
  const expected = [
    ['airTemperature', 28.4, 'Cel'],
    ['relativeHumidity', 81, '%'],
  ].map(([property, value, unit]) => ({
    property,
    value,
    unit,
    observedAt: now - 600_000,
    geometry: { type: 'Point', coordinates: [118.79, 32.05] },
    quality: { state: 'good', flags: [] },
  }));

  it.each([
    ['key-values', keyValues],
    ['normalized, v2 with a simple location', normalizedV2],
    ['normalized, LD', normalizedLd],
    ['concise', concise],
    ['expanded names, @id and a geometry in a text', expanded],
    ['a GeoJSON feature', feature],
    ['a list', [keyValues]],
    ['a v2 notification', { subscriptionId: '5aa', data: [normalizedV2] }],
    [
      'an LD notification',
      {
        id: 'urn:n:1',
        type: 'Notification',
        subscriptionId: 's',
        notifiedAt: '2026-06-15T00:00:00Z',
        data: [normalizedLd],
      },
    ],
    ['a notification of features', { type: 'Notification', data: { type: 'FeatureCollection', features: [feature] } }],
    ['a batch', { actionType: 'append', entities: [normalizedV2] }],
    ['a FeatureCollection', { type: 'FeatureCollection', features: [feature] }],
  ])('%s', (_, body) => {
    expect(essence(mapped(body))).toEqual(expected);
  });

  it('keeps several sources and times of one attribute apart', () => {
    const body = {
      ...normalizedLd,
      relativeHumidity: undefined,
      temperature: [
        { type: 'Property', value: 20, observedAt: '2026-06-14T22:00:00Z', datasetId: 'urn:a' },
        { type: 'Property', value: 21, observedAt: '2026-06-14T22:00:00Z', datasetId: 'urn:b' },
        {
          type: 'Property',
          values: [
            [22, '2026-06-14T22:10:00Z'],
            [23, '2026-06-14T22:20:00Z'],
          ],
        },
      ],
    };
    const records = mapped(body) as ReadingRecord[];
    expect(records.map(({ value }) => value)).toEqual([20, 21, 22, 23]);
    expect(new Set(records.map(({ dedupeKey }) => dedupeKey)).size).toBe(4);
  });

  it('reads languages, relationships and vocabularies', () => {
    const { entities } = documentOf({
      id: 'x',
      type: 'Alert',
      description: { type: 'LanguageProperty', languageMap: { en: 'rain', zh: '暴雨' } },
      refDevice: { type: 'Relationship', object: 'urn:d' },
      severity: { type: 'VocabProperty', vocab: 'high' },
      gone: { type: 'Property', value: 'urn:ngsi-ld:null' },
    });
    const values = Object.entries(entities[0]!.attributes).map(([name, [first]]) => [name, first?.value]);
    expect(Object.fromEntries(values)).toEqual({
      description: '暴雨',
      refDevice: 'urn:d',
      severity: 'high',
      gone: null,
    });
  });
});

describe('what is refused', () => {
  it.each([
    ['', 'empty'],
    ['hello', 'not_protocol'],
    ['{"a":1}', 'not_protocol'],
    ['{"id":"x","type":"T"', 'truncated'],
    ['{"id":"x","type":"T"}}', 'syntax'],
    ['{"id":"x","id":"y","type":"T"}', 'value'],
    ['{"id":"x","type":"T","__proto__":{}}', 'forbidden'],
    [`{"id":"x","type":"T","a":${'['.repeat(40)}`, 'too_deep'],
    ['{"id":"x"}', 'schema'],
    ['{"type":"WeatherObserved"}', 'schema'],
    ['{"subscriptionId":"s"}', 'schema'],
    ['{"type":"FeatureCollection"}', 'schema'],
    [JSON.stringify({ id: 'x'.repeat(257), type: 'T' }), 'value'],
    [JSON.stringify(Array.from({ length: 5001 }, () => 0)), 'too_large'],
    [
      JSON.stringify({
        id: 'x',
        type: 'T',
        ...Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`a${n}`, n])),
      }),
      'too_large',
    ],
  ])('%# %s', (text, reason) => {
    expect(decode(bytesOf(text))).toMatchObject({ refused: reason });
  });

  it('bytes that are not UTF-8, and too many of them', () => {
    expect(decode(Uint8Array.of(0x7b, 0xff, 0x7d))).toMatchObject({ refused: 'encoding' });
    expect(decode(new Uint8Array(5 * 1024 * 1024 + 1))).toMatchObject({ refused: 'too_large' });
  });

  it('one bad entity of a list costs only itself', () => {
    const results = mapped([keyValues, { id: 'x' }, 7]);
    expect(results.slice(2)).toEqual([
      { refused: 'schema', offset: null, detail: 'entity 1: no type' },
      { refused: 'schema', offset: null, detail: 'entity 2: not an object' },
    ]);
  });
});
