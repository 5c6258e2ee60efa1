import { describe, expect, it } from 'vitest';
import { capLinks } from './links.ts';
import type { CapDocument } from './message.ts';
import { cap } from './protocol.ts';
import { alertXml, bytes, infoXml, recordsOf } from './testing/alerts.ts';

const read = (text: string) => cap.decode(bytes(text)) as CapDocument;
const atom = (inside: string, head = '<id>urn:feed</id><title>t</title><updated>2025-07-01T00:00:00Z</updated>') =>
  `<feed xmlns="http://www.w3.org/2005/Atom">${head}${inside}</feed>`;
const entry = (inside: string, id = 'urn:1') =>
  `<entry><id>${id}</id><title>t</title><updated>2025-07-01T00:00:00Z</updated>${inside}</entry>`;
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

describe('EDXL-DE', () => {
  const wrap = (...alerts: string[]) =>
    `<de:EDXLDistribution xmlns:de="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><de:distributionID>1</de:distributionID>${alerts
      .map(
        (alert) =>
          `<de:contentObject><de:xmlContent><de:embeddedXMLContent>${alert}</de:embeddedXMLContent></de:xmlContent></de:contentObject>`,
      )
      .join('')}</de:EDXLDistribution>`;

  it('gives every alert inside, and one bad alert costs only itself', () => {
    const document = read(wrap(alertXml(), alertXml({ identifier: '' }), alertXml({ identifier: 'second' })));
    expect(document.form).toBe('edxl-de');
    expect(document.alerts.map(({ identifier }) => identifier)).toEqual(['NJ-2025-07-01-001', 'second']);
    expect(document.unreadable).toEqual([
      { refused: 'schema', detail: 'identifier is missing or empty', offset: null },
    ]);
    expect(cap.map(document, { receivedAt: null, crs: 'wgs84', options: {} })).toHaveLength(3);
  });
});

describe('Atom', () => {
  it('reads embedded alerts as elements, as escaped text and in CDATA', () => {
    const forms = [
      `<content type="text/xml">${alertXml()}</content>`,
      `<content type="text">${escaped(`<?xml version="1.0" encoding="UTF-8"?>${alertXml()}`)}</content>`,
      `<content type="html"><![CDATA[ ${alertXml()} ]]></content>`,
      alertXml(),
    ];
    for (const form of forms) {
      expect(recordsOf(atom(entry(form))), form).toEqual(recordsOf(alertXml()));
      expect(read(atom(entry(form))).entries[0]?.alerts).toBe(1);
    }
  });

  it('holds escaped text to the same rules', () => {
    const evil = `<!DOCTYPE alert [<!ENTITY x "y">]>${alertXml()}`;
    expect(read(atom(entry(`<content>${escaped(`<?xml version="1.0"?>${evil}`)}</content>`))).unreadable).toMatchObject(
      [{ refused: 'forbidden' }],
    );
    expect(read(atom(entry('<content>&lt;alert> is a word</content>'))).unreadable).toMatchObject([
      { refused: 'truncated' },
    ]);
    expect(read(atom(entry('<content>plain text about an &lt;alert></content>'))).unreadable).toEqual([]);
  });

  it('names what a feed or entry lacks, and reads the rest', () => {
    const document = read(atom(`${entry(alertXml())}<entry><updated>x</updated></entry>`, '<title/>'));
    expect(document.alerts).toHaveLength(1);
    expect(document.unreadable.map(({ detail }) => detail)).toEqual([
      'feed without id, updated',
      'entry 2 without id, title, link or content',
    ]);
  });

  it('tells where alerts are to be fetched', () => {
    const links = capLinks(
      read(
        atom(
          [
            entry('<link href="a.cap"/>', '1'),
            entry(
              '<link rel="alternate" type="text/html" href="a.html"/><link type="application/cap+xml" href="b.cap"/>',
              '2',
            ),
            entry(`<link href="c.cap"/>${alertXml()}`, '3'),
            entry('<link rel="self" href="d.cap"/>', '4'),
            entry('<link href=" "/><content>x</content>', '5'),
          ].join(''),
        ),
      ),
    );
    expect(links).toEqual([
      { href: 'a.cap', version: '2025-07-01T00:00:00Z' },
      { href: 'b.cap', version: '2025-07-01T00:00:00Z' },
    ]);
  });

  it('is bounded in what it holds', () => {
    expect(read(atom('<entry/>'.repeat(5_001)))).toMatchObject({ refused: 'too_large' });
  });
});

describe('RSS', () => {
  it('reads items of 2.0 and 1.0, their links and what they embed', () => {
    const item = `<item><title>t</title><guid>g1</guid><link>https://cap.example/1</link><description>${escaped(alertXml())}</description></item>`;
    const document = read(
      `<rss version="2.0"><channel><title>t</title>${item}<item><guid>g2</guid><link>https://cap.example/2</link><pubDate>now</pubDate></item></channel></rss>`,
    );
    expect(document).toMatchObject({ form: 'rss', alerts: [{ identifier: 'NJ-2025-07-01-001' }] });
    expect(capLinks(document)).toEqual([{ href: 'https://cap.example/2', version: 'now' }]);
    const old = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item><link>x</link></item></rdf:RDF>`;
    expect(read(old).entries).toHaveLength(1);
  });
});

describe('wrappers', () => {
  it.each([
    ['<ns1:alerts xmlns:ns1="http://gov.fema.ipaws.services/feed">', '</ns1:alerts>'],
    ['<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><post>', '</post></s:Body></s:Envelope>'],
  ])('%s', (open, close) => {
    const two = alertXml() + alertXml({ identifier: 'second' }) + alertXml({ status: 'wrong' });
    expect(read(open + two + close)).toMatchObject({
      form: 'wrapper',
      alerts: [{ identifier: 'NJ-2025-07-01-001' }, { identifier: 'second' }],
      unreadable: [{ refused: 'value' }],
    });
  });
});

describe('the Chinese national profile', () => {
  const profile = (
    more: Partial<
      Record<
        'severity' | 'sendTime' | 'references' | 'geocode' | 'msgType' | 'shapes' | 'certainty' | 'namespace',
        string
      >
    > = {},
  ) => `<alert${more.namespace ?? ''}>
    <identifier>32010041600000_20250701080000</identifier><sender>南京市气象局</sender><senderCode>32010041600000</senderCode>
    <sendTime>${more.sendTime ?? '2025-07-01 08:00:00+08:00'}</sendTime><status>Actual</status><msgType>${more.msgType ?? 'Alert'}</msgType><scope>Public</scope>
    <code><method><methodName>SMS</methodName><message>短信</message></method></code><references>${more.references ?? ''}</references>
    <info><language>zh-CN</language><eventType>11B03</eventType><urgency>Unknown</urgency><severity>${more.severity ?? 'Red'}</severity><certainty>${more.certainty ?? 'Unknown'}</certainty>
    <effective>2025-07-01 08:00:00+08:00</effective><onset/><expires/><headline>南京市气象局发布暴雨预警[I级/特别重大]</headline><description>预计。</description>
    <area><areaDesc>南京市</areaDesc>${more.shapes ?? '<polygon/><circle/>'}<geocode>${more.geocode ?? '320100000000,320102000000，320100000000'}</geocode></area></info></alert>`;

  it('reads its own names, codes and colours', () => {
    expect(read(profile()).alerts[0]).toMatchObject({
      version: '12379',
      senderCode: '32010041600000',
      infos: [{ eventType: '11B03', eventName: '暴雨' }],
    });
    expect(recordsOf(profile())[0]).toMatchObject({
      event: '11B03',
      colour: 'red',
      severity: 'Extreme',
      sourceAt: Date.UTC(2025, 6, 1),
      geometry: null,
      geometrySource: 'area-code',
      areas: [
        {
          geocodes: [
            { name: 'area-code', value: '320100000000' },
            { name: 'area-code', value: '320102000000' },
          ],
        },
      ],
      quality: { state: 'good', flags: [] },
    });
  });

  it.each([
    ['Red', 'red', 'Extreme'],
    ['Orange', 'orange', 'Severe'],
    ['Yellow', 'yellow', 'Moderate'],
    ['Blue', 'blue', 'Minor'],
    ['Unknown', null, 'Unknown'],
  ] as const)('%s', (severity, colour, graded) => {
    expect(recordsOf(profile({ severity }))[0]).toMatchObject({ colour, severity: graded });
  });

  it('takes Beijing time where no zone is stated, and says so', () => {
    expect(recordsOf(profile({ sendTime: '2025-07-01 08:00:00' }))[0]).toMatchObject({
      sourceAt: Date.UTC(2025, 6, 1),
      quality: { state: 'suspect', flags: ['tz_assumed'] },
    });
  });

  it('refers by bare identifiers', () => {
    const references = '32010041600000_20250630080000 32010041600000_20250629080000';
    expect(recordsOf(profile({ msgType: 'Update', references }))[0]?.references).toEqual(references.split(' '));
  });

  it('names the event where there is no headline, and leaves a code that nobody knows alone', () => {
    const silent = profile().replace(/<headline>.*<\/headline>/, '<headline/>');
    expect(recordsOf(silent)[0]).toMatchObject({ event: '11B03', headline: '暴雨' });
    const unknown = silent.replace('11B03', '19Z99');
    expect(recordsOf(unknown)[0]).toMatchObject({ event: '19Z99', headline: null });
  });

  it('may carry the national platform’s own namespace, and grades in one word', () => {
    const named = profile({ namespace: ' xmlns="http://com.icss.amp"', certainty: 'VeryLikely' });
    expect(recordsOf(named)[0]).toMatchObject({
      colour: 'red',
      certainty: 'Likely',
      quality: { state: 'good', flags: [] },
    });
  });

  it.each(['32.06,118.8 5000', '118.8,32.06 5000'])('circle %s: metres, and either order of its pair', (circle) => {
    const [record] = recordsOf(profile({ shapes: `<polygon/><circle>${circle}</circle>` }));
    expect(record?.areas[0]?.circles).toEqual([{ center: [118.8, 32.06], radiusM: 5000 }]);
  });

  it('a polygon that is left open is a line', () => {
    const shapes = '<polygon>118.7,31.9 118.9,31.9 118.9,32.1</polygon>';
    expect(recordsOf(profile({ shapes }))[0]).toMatchObject({
      geometry: {
        type: 'LineString',
        coordinates: [
          [118.7, 31.9],
          [118.9, 31.9],
          [118.9, 32.1],
        ],
      },
      quality: { state: 'good' },
    });
    const ring = shapes.replace('</', ' 118.7,31.9</');
    expect(recordsOf(profile({ shapes: ring }))[0]?.geometry?.type).toBe('Polygon');
  });

  it('a Cancel need not refer to anything', () => {
    expect(recordsOf(profile({ msgType: 'Cancel' }))[0]).toMatchObject({
      msgType: 'Cancel',
      quality: { state: 'suspect' },
    });
  });

  it('is no licence for CAP without a namespace', () => {
    expect(read(alertXml({ info: infoXml() }).replace(/ xmlns="[^"]*"/, ''))).toMatchObject({ refused: 'unsupported' });
  });
});

describe('a bulletin', () => {
  const heading = '\x01\r\r\n152 \r\r\nXOUS53 KWBC 240240\r\r\nCAPAPX\r\r\n';

  it('is read without its heading and its end of text', () => {
    expect(read(`${heading}${alertXml()}\r\r\n\x03`)).toEqual(read(alertXml()));
    expect(read(`XOUS53 KWBC 240240 RRA\n${alertXml()}`)).toEqual(read(alertXml()));
  });

  it('says where in the bulletin its document breaks', () => {
    expect(read(`${heading}<alert><b></alert>`)).toMatchObject({
      refused: 'syntax',
      offset: (cap.decode(bytes('<alert><b></alert>')) as { offset: number }).offset + heading.length,
    });
    expect(read(`XOUS53 ${alertXml()}`)).toMatchObject({ refused: expect.any(String) });
  });
});
