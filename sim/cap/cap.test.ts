import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { type CapMessage, encodeCap } from './encode.ts';
import { atomFeed } from './feed.ts';
import { bulletin, type WarningName, warnings } from './warnings.ts';

const at = Date.parse('2026-06-20T02:15:30Z');
const yellow = bulletin('yellow', at, []);
const orange = bulletin('orange', at + 120_000, [yellow]);
const end = bulletin('orange', at + 480_000, [orange, yellow], true);
const parse = (xml: string) => new XMLParser({ parseTagValue: false }).parse(xml);

describe('CAP 1.2', () => {
  it('writes a small message exactly', () => {
    const message: CapMessage = {
      ...bulletin('test', at, []),
      identifier: 'T<1>',
      texts: [{ language: 'zh-CN', event: '测试', headline: 'a & b', description: 'd', instruction: 'i' }],
      areas: [
        {
          description: '一处',
          polygon: [
            [118.7, 32],
            [118.8, 32],
            [118.8, 32.1],
            [118.7, 32],
          ],
          circle: { centre: [118.75, 32.05], radiusKm: 5 },
          districts: ['320106'],
        },
      ],
    };
    expect(encodeCap(message)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>T&lt;1&gt;</identifier>' +
        '<sender>weather@city-sim.invalid</sender><sent>2026-06-20T10:15:30+08:00</sent><status>Test</status>' +
        '<msgType>Alert</msgType><scope>Public</scope><note>本消息不是实际预警</note>' +
        '<info><language>zh-CN</language><category>Met</category><event>测试</event><responseType>Prepare</responseType>' +
        '<urgency>Expected</urgency><severity>Minor</severity><certainty>Possible</certainty>' +
        '<effective>2026-06-20T10:15:30+08:00</effective><onset>2026-06-20T10:15:30+08:00</onset>' +
        '<expires>2026-06-20T11:15:30+08:00</expires><senderName>南京市气象台（模拟）</senderName>' +
        '<headline>a &amp; b</headline><description>d</description><instruction>i</instruction>' +
        '<parameter><valueName>预警信号颜色</valueName><value>蓝色</value></parameter>' +
        '<area><areaDesc>一处</areaDesc><polygon>32.0000,118.7000 32.0000,118.8000 32.1000,118.8000 32.0000,118.7000</polygon>' +
        '<circle>32.0500,118.7500 5</circle>' +
        '<geocode><valueName>GB/T 2260</valueName><value>320106</value></geocode></area></info></alert>\n',
    );
  });

  it('is well-formed for every warning, its update and its cancel', () => {
    for (const name of Object.keys(warnings) as WarningName[]) {
      const first = bulletin(name, at, []);
      for (const message of [first, bulletin(name, at + 1_000, [first]), bulletin(name, at + 2_000, [first], true)]) {
        expect(XMLValidator.validate(encodeCap(message))).toBe(true);
        expect(message.areas.every(({ polygon }) => !polygon || polygon[0] === polygon.at(-1))).toBe(true);
        expect(message.identifier + message.sender).not.toMatch(/[\s,<&]/);
      }
    }
  });

  it('an update and a cancel name what they replace', () => {
    expect(parse(encodeCap(orange)).alert.references).toBe(
      'weather@city-sim.invalid,CITYSIM-rainstorm-yellow-20260620101530,2026-06-20T10:15:30+08:00',
    );
    const cancelled = parse(encodeCap(end)).alert;
    expect([cancelled.msgType, cancelled.references.split(' ').length]).toEqual(['Cancel', 2]);
    expect(parse(encodeCap(yellow)).alert.references).toBeUndefined();
    expect(new Set([yellow, orange, end].map((each) => each.identifier)).size).toBe(3);
  });

  it('lists its messages in an Atom feed, newest first, with each document inside', () => {
    const xml = atomFeed([yellow, orange], 'http://127.0.0.1:9', at);
    expect(XMLValidator.validate(xml)).toBe(true);
    const entries = parse(xml).feed.entry;
    expect(
      entries.map((entry: { content: { alert: { identifier: string } } }) => entry.content.alert.identifier),
    ).toEqual([orange.identifier, yellow.identifier]);
    expect(XMLValidator.validate(atomFeed([], 'http://127.0.0.1:9', at))).toBe(true);
  });
});
