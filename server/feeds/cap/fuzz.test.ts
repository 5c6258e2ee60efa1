import { describe, expect, it } from 'vitest';
import { isRefusal } from '@/server/feeds/refusal.ts';
import { damageDocument } from '@/server/feeds/testing/damage-document.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '@/server/feeds/testing/fuzz-rounds.ts';
import { type Below, seeded } from '@/server/feeds/testing/seeded.ts';
import { record as wireRecord } from '@/server/wire/record.ts';
import { openCollection } from '../testing/collection.ts';
import { cap } from './protocol.ts';
import { alertXml, areaXml, bytes, infoXml } from './testing/alerts.ts';

const runs = fuzzRounds();
const collection = openCollection('cap');

/** Small documents of every form, the collection's own where it is there: large ones would only make the same faults slower. */
const seeds: Uint8Array[] = [
  bytes(alertXml()),
  bytes(
    alertXml({
      info: areaXml(
        '<polygon>1,2 3,4 5,6 1,2</polygon><circle>1,2 3</circle><geocode><valueName>a</valueName><value>b</value></geocode>',
      ),
    }),
  ),
  bytes(
    `<feed xmlns="http://www.w3.org/2005/Atom"><id>1</id><title>t</title><updated>u</updated><entry><content><![CDATA[${alertXml()}]]></content></entry></feed>`,
  ),
  bytes(`<?xml version="1.0" encoding="GB18030"?>${alertXml({ info: infoXml('', '<event>x</event>') })}`),
  Buffer.from(`\ufeff${alertXml()}`, 'utf16le'),
  ...collection
    .names()
    .filter((name) => /\.(cap|xml|atom|rss)$/.test(name))
    .map((name) => collection.bytes(name))
    .filter((content) => content.length < 10_000),
];

const pieces = [
  '<',
  '>',
  '&',
  '"',
  "'",
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?',
  '?>',
  '<!DOCTYPE a [',
  '&amp;',
  '&x;',
  '&#0;',
  '&#x10FFFF;',
  '</',
  '/>',
  ' xmlns="',
  ' xmlns:a="b"',
  '<a:b>',
  '\u0000',
  '\ufeff',
  '🌧',
  '\ud800',
  'NaN',
  '1e999',
  '-00:00',
  '__proto__',
  'constructor',
  '<alert>',
  '</info>',
  '<info>',
  ',',
  ' ',
  '\n',
];

const damaged = (seed: Uint8Array, below: Below): Uint8Array => damageDocument(seed, below, pieces);

/** Texts put where a value stands, so that the document stays well-formed and the fault reaches the rules behind the parser. */
const texts = [
  '',
  ' ',
  'NaN',
  '-1',
  '1e999',
  '91,0 0,0 1,1 91,0',
  '1,2 3,4 5,6 1,2',
  '0,0 0',
  '90,180 20038',
  'a,b,2025-07-01T08:00:00+08:00',
  'a,b',
  '2025-07-01T08:00:00Z',
  '2025-07-01T08:00:00-00:00',
  '9999-12-31T23:59:59-14:00',
  '0000-00-00T00:00:00+00:00',
  'Actual',
  'Test',
  'Cancel',
  'Update',
  'Red',
  'Orange',
  '红色预警',
  '&#x1F327;'.repeat(9_000),
  'x'.repeat(1_100),
  '#',
  '#0.zh-CN',
  '=',
  'a=b',
  ',,,',
  '<info/>',
  '<valueName>colour</valueName><value>red</value>',
];

function revalue(seed: Uint8Array, below: Below): Uint8Array {
  let text = Buffer.from(seed).toString('utf8');
  for (let step = below(3); step >= 0; step--) {
    const slots = [...text.matchAll(/>[^<>]*<\//g)];
    const slot = slots[below(slots.length)];
    if (slot)
      text = `${text.slice(0, slot.index + 1)}${texts[below(texts.length)]}${text.slice(slot.index + slot[0].length - 2)}`;
  }
  return Buffer.from(text);
}

describe('mutated documents', () => {
  it(`${runs} of them: a value every time, and what is read is sound`, fuzzTimeout, async () => {
    const below = seeded(20_250_701);
    const told: Record<string, number> = {};
    await everyRound(runs, (run) => {
      const change = run % 2 === 0 ? damaged : revalue;
      const input = change(seeds[below(seeds.length)] as Uint8Array, below);
      const document = cap.decode(input);
      if (isRefusal(document)) {
        knownReason(document);
        told[document.refused] = (told[document.refused] ?? 0) + 1;
        return;
      }
      told.read = (told.read ?? 0) + 1;
      for (const one of cap.map(document, { receivedAt: 0, crs: 'gcj02', options: {} }))
        if (!isRefusal(one)) expect(wireRecord.safeParse(one).error, `run ${run}`).toBeUndefined();
    });
    expect(told.read).toBeGreaterThan(runs / 100);
    expect(Object.keys(told).length).toBeGreaterThan(5);
  });
});
