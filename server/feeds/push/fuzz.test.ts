import { describe, expect, it } from 'vitest';
import { isRefusal, refusalReasons } from '@/server/feeds/refusal.ts';
import { record as wireRecord } from '@/server/wire/record.ts';
import { push } from './protocol.ts';

const runs = Number(process.env.FUZZ_RUNS ?? 20_000);
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
].map((text) => Buffer.from(text));

function generator(seed: number) {
  let state = seed >>> 0;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

function mutate(seed: Buffer, below: (n: number) => number): Buffer {
  let out = Buffer.from(seed);
  for (let step = below(4); step >= 0; step--) {
    const [from, to] = [below(out.length + 1), below(out.length + 1)].sort((a, b) => a - b) as [number, number];
    const kind = below(5);
    if (kind === 0 && out.length > 0) out[below(out.length)] = below(256);
    else if (kind === 1) out = out.subarray(0, to);
    else if (kind === 2)
      out = Buffer.concat([out.subarray(0, from), pieces[below(pieces.length)] as Buffer, out.subarray(from)]);
    else if (kind === 3) out = Buffer.concat([out.subarray(0, from), out.subarray(Math.min(to, from + 40))]);
    else out = Buffer.concat([out.subarray(0, to), out.subarray(from, to), out.subarray(to)]);
  }
  return out;
}

describe('mutated bodies', () => {
  it(`${runs} of them: a value every time, and what is read is sound`, { timeout: 600_000 }, () => {
    const below = generator(20_250_702);
    const told: Record<string, number> = {};
    const count = (name: string) => {
      told[name] = (told[name] ?? 0) + 1;
    };
    for (let run = 0; run < runs; run++) {
      const message = push.decode(mutate(seeds[run % seeds.length] as Buffer, below));
      if (isRefusal(message)) {
        expect(refusalReasons).toHaveProperty(message.refused);
        count(message.refused);
        continue;
      }
      const mapped = push.map(message, { receivedAt: 0, crs: 'bd09', options: {} });
      expect(mapped).toHaveLength(message.items.length);
      for (const one of mapped) {
        count(isRefusal(one) ? `record ${one.refused}` : 'record read');
        if (!isRefusal(one)) expect(wireRecord.safeParse(one).error, `run ${run}`).toBeUndefined();
      }
    }
    expect(told['record read']).toBeGreaterThan(runs / 20);
    if (process.env.FUZZ_RUNS) console.info(told, Math.round(process.memoryUsage().heapUsed / 1e6), 'MB heap');
  });
});
