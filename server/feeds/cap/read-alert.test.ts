import { describe, expect, it } from 'vitest';
import { record as wireRecord } from '@/server/wire/record.ts';
import { readCapTime } from './cap-time.ts';
import { alertXml, areaXml, infoXml, ns12, recordsOf, refusalOf } from './testing/alerts.ts';

const refused = (text: string) => {
  const result = refusalOf(text);
  return 'refused' in result && typeof result.refused === 'string' ? `${result.refused}: ${result.detail}` : 'read';
};

describe('required elements', () => {
  it.each(['identifier', 'sender', 'sent', 'status', 'msgType', 'scope'] as const)('%s', (name) => {
    expect(refused(alertXml({ [name]: '' }))).toBe(`schema: ${name} is missing or empty`);
    expect(refused(alertXml({ [name]: ' ' }))).toBe(`schema: ${name} is missing or empty`);
  });

  it.each(['category', 'event', 'urgency', 'severity', 'certainty'])('info: %s', (name) => {
    const info = infoXml().replace(new RegExp(`<${name}>[^<]*</${name}>`), '');
    expect(refused(alertXml({ info }))).toBe(`schema: info 1: ${name} missing or empty`);
    expect(refused(alertXml({ info: infoXml() + info }))).toContain('info 2');
  });

  it('area: areaDesc', () => {
    expect(refused(alertXml({ info: infoXml('<area><polygon/></area>') }))).toContain('schema: info 1: areaDesc');
  });

  it('scope and category may be missing in 1.0 only', () => {
    const bare = { scope: '', info: infoXml().replace('<category>Met</category>', '') };
    expect(refused(alertXml({ ...bare, namespace: 'http://www.incident.com/cap/1.0' }))).toBe('read');
    expect(refused(alertXml({ ...bare, namespace: 'urn:oasis:names:tc:emergency:cap:1.1' }))).toContain(
      'schema: scope',
    );
  });
});

describe('values', () => {
  it.each([
    [{ status: 'actual' }, 'value: status'],
    [{ msgType: 'Hello' }, 'value: msgType'],
    [{ scope: 'Everyone' }, 'value: scope'],
    [{ identifier: 'a b' }, 'value: identifier'],
    [{ identifier: 'a,b' }, 'value: identifier'],
    [{ identifier: 'a&amp;b' }, 'value: identifier'],
    [{ sender: 'a&lt;b' }, 'value: sender'],
    [{ sender: 's'.repeat(257) }, 'value: sender'],
    [{ sent: '2025-07-01T08:00:00' }, 'value: sent'],
    [{ sent: '2025-07-01 08:00:00+08:00' }, 'value: sent'],
    [{ sent: '2025-02-30T08:00:00+08:00' }, 'value: sent'],
    [{ sent: 'yesterday' }, 'value: sent'],
    [{ msgType: 'Cancel', extra: '<references>a,b</references>' }, 'value: reference'],
    [{ msgType: 'Cancel', extra: '<references>a,b,2025-07-01</references>' }, 'value: reference'],
    [{ extra: `<references>${'a'.repeat(1025)}</references>` }, 'value: reference'],
    [{ msgType: 'Cancel' }, 'schema: a Cancel without references'],
    [{ namespace: 'urn:oasis:names:tc:emergency:cap:9.9' }, 'unsupported'],
    [{ namespace: '' }, 'unsupported'],
  ])('%j is refused', (parts, wanted) => expect(refused(alertXml(parts))).toContain(wanted));

  it('keeps an unknown grade as Unknown and says so', () => {
    const info = infoXml().replace('Severe', 'Catastrophic').replace('Observed', 'Very Likely');
    const [record] = recordsOf(alertXml({ info }));
    expect(record).toMatchObject({
      severity: 'Unknown',
      certainty: 'Likely',
      quality: { state: 'suspect', flags: ['enum_unknown'] },
    });
  });

  it('is no alert at all', () => {
    expect(refused('<html/>')).toContain('not_protocol');
    expect(refused('<alerts xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>')).toContain('not_protocol');
    expect(refused('<Envelope><Body>text</Body></Envelope>')).toContain('not_protocol');
  });
});

describe('times', () => {
  it('reads the zone, -00:00 as UTC', () => {
    const at = Date.UTC(2025, 6, 1, 0, 0, 0);
    expect(readCapTime('2025-07-01T08:00:00+08:00')).toEqual({ at, strict: true, zoneAssumed: false });
    expect(readCapTime('2025-07-01T00:00:00-00:00')).toEqual({ at, strict: true, zoneAssumed: false });
    expect(readCapTime('2025-06-30T19:00:00-05:00')?.at).toBe(at);
    expect(readCapTime('2025-07-01T00:00:00Z')).toEqual({ at, strict: false, zoneAssumed: false });
    expect(readCapTime('2025-07-01T00:00:00.250+00:00')).toEqual({ at: at + 250, strict: false, zoneAssumed: false });
    expect(readCapTime('2025-07-01 08:00:00', '+08:00')).toEqual({ at, strict: false, zoneAssumed: true });
  });

  it.each([
    '2025-13-01T00:00:00+08:00',
    '2025-07-01T24:00:01+08:00',
    '2025-07-01T00:60:00+08:00',
    '2025-07-01T00:00:00+15:00',
    '2025-07-01T00:00:00+08:60',
    '2023-02-29T00:00:00+08:00',
    '2025-07-01T00+08:00',
    '2025-07-01T00:00:00+08',
    '2025-07-01T00:00:00',
    '',
  ])('%j is none', (text) => expect(readCapTime(text)).toBeNull());

  it.each([
    ['2025-07-01T08:00:00+0800', Date.UTC(2025, 6, 1)],
    ['2025-07-01T08:00+08:00', Date.UTC(2025, 6, 1)],
    ['2025-07-01T24:00:00+08:00', Date.UTC(2025, 6, 1, 16)],
  ])('%s is outside the standard and leaves no doubt', (sent, sourceAt) => {
    expect(recordsOf(alertXml({ sent }))[0]).toMatchObject({ sourceAt, quality: { state: 'suspect' } });
  });

  it('a warning is not lost for a reference', () => {
    const [record] = recordsOf(alertXml({ msgType: 'Update', extra: '<references>KSTO1055887203</references>' }));
    expect(record).toMatchObject({ references: ['KSTO1055887203'], quality: { state: 'suspect' } });
    const old = { msgType: 'Update', namespace: 'http://www.incident.com/cap/1.0' };
    expect(recordsOf(alertXml({ ...old, extra: '<references>A-1/nj.weather</references>' }))[0]).toMatchObject({
      references: ['A-1/nj.weather'],
      quality: { state: 'good', flags: ['version_old'] },
    });
  });

  it('an unreadable expires does not lose the alert', () => {
    const [record] = recordsOf(
      alertXml({ info: infoXml('<onset>2025-07-01T09:00:00+08:00</onset><expires>tomorrow</expires>') }),
    );
    expect(record).toMatchObject({
      onsetAt: Date.UTC(2025, 6, 1, 1),
      expiresAt: null,
      sourceAt: Date.UTC(2025, 6, 1, 0),
      quality: { state: 'suspect', flags: ['partial'] },
    });
  });
});

describe('areas', () => {
  const square = '31.9,118.7 31.9,118.9 32.1,118.9 31.9,118.7';
  it('turns latitude,longitude into GeoJSON’s order, counter-clockwise', () => {
    const [record] = recordsOf(alertXml({ info: areaXml(`<polygon>${square}</polygon>`) }));
    expect(record).toMatchObject({ geometrySource: 'message', crsReceived: 'wgs84' });
    expect(record?.geometry).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [118.7, 31.9],
          [118.9, 31.9],
          [118.9, 32.1],
          [118.7, 31.9],
        ],
      ],
    });
    const clockwise = square.split(' ').reverse().join(' ');
    expect(recordsOf(alertXml({ info: areaXml(`<polygon>${clockwise}</polygon>`) }))[0]?.geometry).toEqual(
      record?.geometry,
    );
  });

  it.each([
    ['<polygon>31.9,118.7 31.9,118.9 31.9,118.7</polygon>', 'a polygon of 3 points'],
    ['<polygon>31.9,118.7 31.9,118.9</polygon>', 'a polygon of 2 points'],
    ['<polygon>118.7,31.9 118.9,31.9 118.9,32.1 118.7,31.9</polygon>', 'not latitude,longitude'],
    ['<polygon>31.9 118.7 31.9 118.9</polygon>', 'not latitude,longitude'],
    ['<polygon>NaN,1 1e3,2 1,2 NaN,1</polygon>', 'not latitude,longitude'],
    ['<circle>31.9,118.7</circle>', 'circle'],
    ['<circle>31.9,118.7 -1</circle>', 'radius of -1'],
    ['<circle>31.9,118.7 30000</circle>', 'radius of 30000'],
    ['<circle>131.9,118.7 3</circle>', 'circle'],
  ])('%s is refused', (inside, detail) => {
    expect(refused(alertXml({ info: areaXml(inside) }))).toContain('value: info 1');
    expect(refused(alertXml({ info: areaXml(inside) }))).toContain(detail);
  });

  it.each([
    '31.9,118.7 31.9,118.9 32.1,118.9',
    '31.9, 118.7 31.9, 118.9 32.1, 118.9 31.9, 118.7',
    '+31.9,118.7, 31.9,118.9, 32.1,118.9, 31.9,118.7',
    '3.19E1,1.187E2\n31.9,118.9\t32.1,118.9  31.9,118.7',
  ])('%j is the same triangle', (polygon) => {
    const [record] = recordsOf(alertXml({ info: areaXml(`<polygon>${polygon}</polygon>`) }));
    expect(record?.geometry).toEqual(
      recordsOf(alertXml({ info: areaXml(`<polygon>${square}</polygon>`) }))[0]?.geometry,
    );
    expect(record?.quality.state).toBe(polygon.endsWith('32.1,118.9') ? 'suspect' : 'good');
  });

  it('keeps a circle and draws it; its radius is in kilometres', () => {
    const [record] = recordsOf(alertXml({ info: areaXml('<circle>32.06,118.80 10</circle>') }));
    expect(record?.areas[0]?.circles).toEqual([{ center: [118.8, 32.06], radiusM: 10_000 }]);
    if (record?.geometry?.type !== 'Polygon') throw new Error('no polygon');
    const ring = record.geometry.coordinates[0] as [number, number][];
    expect(ring).toHaveLength(65);
    expect(ring[0]).toEqual(ring[64]);
    // 10 km on the sphere of 6371.0088 km are 0.0899320° of latitude.
    expect(ring[0]?.[1]).toBeCloseTo(32.06 + 0.089932, 5);
    expect(Math.min(...ring.map(([lon]) => lon))).toBeCloseTo(118.8 - 0.106119, 4);
  });

  it('a lone circle without radius is a point; beside others all are kept', () => {
    expect(recordsOf(alertXml({ info: areaXml('<circle>32.06,118.80 0.0</circle>') }))[0]?.geometry).toEqual({
      type: 'Point',
      coordinates: [118.8, 32.06],
    });
    const [several] = recordsOf(
      alertXml({
        info: areaXml(`<polygon>${square}</polygon><polygon/><circle>32.06,118.80 0</circle><circle>32,118 1</circle>`),
      }),
    );
    expect(several?.geometry?.type).toBe('MultiPolygon');
    expect(several?.geometry?.coordinates).toHaveLength(3);
  });

  it('without a shape there are codes, or nothing', () => {
    const coded = areaXml('<geocode><valueName>行政区划</valueName><value>320115</value></geocode>');
    expect(recordsOf(alertXml({ info: coded }))[0]).toMatchObject({
      geometry: null,
      geometrySource: 'area-code',
      areas: [{ description: '江宁区', geocodes: [{ name: '行政区划', value: '320115' }] }],
    });
    expect(recordsOf(alertXml({ info: areaXml('') }))[0]).toMatchObject({ geometry: null, geometrySource: 'none' });
  });

  it('heights are feet in CAP and metres here', () => {
    const [record] = recordsOf(alertXml({ info: areaXml('<altitude>1000</altitude><ceiling>2000</ceiling>') }));
    expect(record?.areas[0]).toMatchObject({ altitudeM: 304.8, ceilingM: 609.6 });
  });

  it('shifts what a source sends in GCJ-02', () => {
    const [record] = recordsOf(alertXml({ info: areaXml('<circle>32.06,118.80 0</circle>') }), { crs: 'gcj02' });
    expect(record?.crsReceived).toBe('gcj02');
    const [lon, lat] = (record?.geometry?.coordinates ?? []) as [number, number];
    expect(Math.hypot((lon - 118.8) * 94_300, (lat - 32.06) * 111_000)).toBeGreaterThan(300);
  });
});

describe('the record', () => {
  it('one per info, each with a key of its own under the reference they share', () => {
    const info =
      infoXml() +
      infoXml().replace('zh-CN', 'en-US').replace('暴雨', 'Rainstorm') +
      infoXml().replace('<language>zh-CN</language>', '');
    const records = recordsOf(alertXml({ info }));
    const reference = 'nj.weather,NJ-2025-07-01-001,2025-07-01T08:00:00+08:00';
    expect(records.map(({ dedupeKey }) => dedupeKey)).toEqual([
      `${reference}#0.zh-CN`,
      `${reference}#1.en-US`,
      `${reference}#2`,
    ]);
    expect(records.map(({ event, language }) => [event, language])).toEqual([
      ['暴雨', 'zh-CN'],
      ['Rainstorm', 'en-US'],
      ['暴雨', null],
    ]);
    expect(recordsOf(alertXml())[0]?.dedupeKey).toBe(reference);
    for (const record of records) expect(wireRecord.safeParse(record).success).toBe(true);
  });

  it('keeps references, status and scope apart', () => {
    const extra =
      '<references>a,b,2025-07-01T08:00:00+08:00\n c,d,2025-07-01T09:00:00+08:00 a,b,2025-07-01T08:00:00+08:00</references>';
    const [record] = recordsOf(
      alertXml({
        msgType: 'Update',
        status: 'Exercise',
        scope: 'Restricted',
        extra: `<restriction>x</restriction>${extra}`,
      }),
    );
    expect(record).toMatchObject({
      msgType: 'Update',
      status: 'Exercise',
      privacy: 'restricted',
      references: ['a,b,2025-07-01T08:00:00+08:00', 'c,d,2025-07-01T09:00:00+08:00'],
      quality: { state: 'good', flags: ['test'] },
    });
  });

  it('a Cancel needs no info; an Alert without one is partial', () => {
    const references = '<references>a,b,2025-07-01T08:00:00+08:00</references>';
    expect(recordsOf(alertXml({ msgType: 'Cancel', info: '', extra: references }))).toMatchObject([
      { event: '', severity: 'Unknown', quality: { state: 'good', flags: [] } },
    ]);
    expect(recordsOf(alertXml({ info: '' }))).toMatchObject([{ quality: { state: 'suspect', flags: ['partial'] } }]);
  });

  it('flags old versions and joins description and instruction', () => {
    const info = infoXml('<description>大雨。</description><instruction>避开涵洞。</instruction>');
    expect(recordsOf(alertXml({ namespace: 'urn:oasis:names:tc:emergency:cap:1.1', info }))[0]).toMatchObject({
      text: '大雨。\n\n避开涵洞。',
      quality: { state: 'good', flags: ['version_old'] },
    });
  });

  it('cuts what is longer than a record may be, never through a character', () => {
    const info = infoXml(`<description>x${'🌧'.repeat(10_001)}</description>`);
    const [record] = recordsOf(alertXml({ info }));
    expect(record?.text).toHaveLength(19_999);
    expect(record?.quality.flags).toContain('truncated');
    expect(wireRecord.safeParse(record).success).toBe(true);
  });

  it('takes the colour only where it is stated', () => {
    const colour = (inside: string) => recordsOf(alertXml({ info: infoXml(inside) }))[0]?.colour;
    const named = (name: string, value: string) =>
      `<parameter><valueName>${name}</valueName><value>${value}</value></parameter>`;
    expect(colour('')).toBeNull();
    expect(colour(named('colour', 'Orange'))).toBe('orange');
    expect(colour(named('预警信号颜色', '蓝色'))).toBe('blue');
    expect(colour(named('awareness_level', '2; yellow; Moderate'))).toBe('yellow');
    expect(colour(named('HSAS', 'ORANGE'))).toBeNull();
    expect(colour(named('colour', 'Coloured'))).toBeNull();
    expect(colour('<headline>南京市气象台发布暴雨红色预警信号</headline>')).toBe('red');
    expect(colour('<headline>Red sky at night</headline>')).toBeNull();
  });

  it('notes a signature and reads on', () => {
    const tail = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/></Signature>';
    expect(refusalOf(alertXml({ tail }))).toMatchObject({ alerts: [{ signature: 'unverified' }] });
    expect(refusalOf(alertXml())).toMatchObject({ alerts: [{ signature: 'absent' }] });
  });

  it('does not care for prefixes', () => {
    const prefixed = alertXml({ extra: '<note>x</note>' })
      .replace(/<(\/?)(?=[a-z])/g, '<$1ns2:')
      .replace(' xmlns=', ' xmlns:ns2=');
    expect(prefixed).toContain(`<ns2:alert xmlns:ns2="${ns12}"`);
    expect(recordsOf(prefixed)).toEqual(recordsOf(alertXml()));
  });
});
