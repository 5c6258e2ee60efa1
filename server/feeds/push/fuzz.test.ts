import { describe, expect, it } from 'vitest';
import { isRefusal } from '@/server/feeds/refusal.ts';
import { damageDocument } from '@/server/feeds/testing/damage-document.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '@/server/feeds/testing/fuzz-rounds.ts';
import { seeded } from '@/server/feeds/testing/seeded.ts';
import { record as wireRecord } from '@/server/wire/record.ts';
import { push } from './protocol.ts';

const runs = fuzzRounds();
const base = { subject: { scheme: 's', key: 'k' }, observedAt: '2025-07-01T08:00:00+08:00' };
const records = [
  {
    kind: 'position',
    ...base,
    crs: 'gcj02',
    geometry: { type: 'Point', coordinates: [118.8, 32.06] },
    extras: { a: 1, b: null },
  },
  { kind: 'reading', ...base, property: 'waterLevel', value: 8.31, unit: 'm', limit: 9 },
  {
    kind: 'call',
    ...base,
    number: 'JB-1',
    place: '南京南站🚉',
    calls: [{ at: base.observedAt, from: '1', text: '"\\\n' }],
  },
  { kind: 'case', ...base, number: '1', title: 't', stages: [{ stage: 'x', at: null }] },
  { kind: 'capacity', ...base, facility: 'f', resource: 'r', available: 1 },
];
const seeds = [
  JSON.stringify({ profile: 'one-network-push/1', records }),
  JSON.stringify(records),
  records.map((record) => JSON.stringify(record)).join('\n'),
  JSON.stringify(records, null, 1),
].map((text) => Buffer.from(text));
const pieces = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  '\\ud800',
  '\\u0000',
  '1e999',
  '-',
  'NaN',
  'null',
  'true',
  '"__proto__":',
  '"kind":',
  '\n',
  '{"a":',
  '🌧',
  '\u0000',
  '[[[[[[[',
];

describe('mutated bodies', () => {
  it(`${runs} of them: a value every time, and what is read is sound`, fuzzTimeout, async () => {
    const below = seeded(20_250_702);
    const told: Record<string, number> = {};
    const count = (name: string) => {
      told[name] = (told[name] ?? 0) + 1;
    };
    await everyRound(runs, (run) => {
      const message = push.decode(damageDocument(seeds[run % seeds.length]!, below, pieces));
      if (isRefusal(message)) {
        knownReason(message);
        count(message.refused);
        return;
      }
      const mapped = push.map(message, { receivedAt: 0, crs: 'bd09', options: {} });
      expect(mapped).toHaveLength(message.items.length);
      for (const one of mapped) {
        count(isRefusal(one) ? `record ${one.refused}` : 'record read');
        if (!isRefusal(one)) expect(wireRecord.safeParse(one).error, `run ${run}`).toBeUndefined();
      }
    });
    expect(told['record read']).toBeGreaterThan(runs / 20);
  });
});
