import { describe, expect, it } from 'vitest';
import { alive } from '@/server/feeds/testing/alive.ts';
import type { FeedRecord } from '@/server/wire/record.ts';
import { authenticateToken, hashToken } from './authenticate-token.ts';
import { contentHash, judgeRepeat, memoryLedger } from './push-ledger.ts';
import { createTokenBuckets } from './token-buckets.ts';

describe('judgeRepeat', () => {
  const before = { revision: 2, contentHash: 'a' };
  it.each([
    [null, 0, 'a', 'accepted'],
    [before, 3, 'a', 'accepted'],
    [before, 3, 'b', 'accepted'],
    [before, 2, 'a', 'duplicate'],
    [before, 2, 'b', 'conflict'],
    [before, 1, 'a', 'duplicate'],
    [before, 1, 'b', 'duplicate'],
  ] as const)('%j, then revision %i %s: %s', (known, revision, hash, verdict) => {
    expect(judgeRepeat(known, { revision, contentHash: hash })).toBe(verdict);
  });
});

describe('contentHash', () => {
  const record = {
    kind: 'position',
    extras: { a: 1, b: [1, { c: 2, d: 3 }] },
    receivedAt: 1,
    quality: { state: 'good', flags: [] },
  } as unknown as FeedRecord;
  it('does not see the order of members, our clock, or what we made of it', () => {
    const same = {
      quality: { state: 'suspect', flags: ['clock_ahead'] },
      receivedAt: 9,
      extras: { b: [1, { d: 3, c: 2 }], a: 1 },
      kind: 'position',
    } as unknown as FeedRecord;
    expect(contentHash(same)).toBe(contentHash(record));
    expect(contentHash({ ...record, revision: 1 })).not.toBe(contentHash(record));
    expect(contentHash({ ...record, quality: { state: 'bad', flags: ['sensor_fault'] } } as FeedRecord)).not.toBe(
      contentHash(record),
    );
  });
});

describe('memoryLedger', () => {
  it('remembers the last of each feed apart', async () => {
    const ledger = memoryLedger(2);
    const entry = (dedupeKey: string) => ({ dedupeKey, revision: 0, contentHash: 'h' });
    await ledger.remember('one', [entry('a'), entry('b'), entry('a'), entry('c')]);
    expect([...(await ledger.find('one', ['a', 'b', 'c'])).keys()]).toEqual(['a', 'c']);
    expect((await ledger.find('two', ['a'])).size).toBe(0);
  });

  it('remembers keys, not the messages that they came in', async () => {
    const ledger = memoryLedger();
    const messages = 300;
    const bytes = 100_000;
    const before = alive();
    for (let n = 0; n < messages; n++) {
      const text = JSON.stringify({ key: `urn:ngsi-ld:WeatherObserved:nanjing:${n}`, rest: String(n).repeat(bytes) });
      const dedupeKey = text.slice('{"key":"'.length, text.indexOf('","rest"'));
      await ledger.remember('one', [{ dedupeKey, revision: 0, contentHash: 'h' }]);
    }
    expect(alive() - before).toBeLessThan((messages * bytes) / 10);
  });
});

describe('token buckets', () => {
  it('fill with time up to their burst, each key by itself', () => {
    const buckets = createTokenBuckets({ perSecond: 2, burst: 2 });
    expect([buckets.take('a', 0), buckets.take('a', 0), buckets.take('a', 0), buckets.take('b', 0)]).toEqual([
      0, 0, 500, 0,
    ]);
    expect(buckets.waitMs('a', 250)).toBe(250);
    expect([buckets.take('a', 500), buckets.take('a', 500)]).toEqual([0, 500]);
    expect([buckets.take('a', 60_000), buckets.take('a', 60_000), buckets.take('a', 60_000)]).toEqual([0, 0, 500]);
    expect(buckets.take('a', 0)).toBe(500);
  });
});

describe('authenticateToken', () => {
  const holders = [
    { feedId: 'a', department: 'x', tokenHash: hashToken('one') },
    { feedId: 'b', department: 'y', tokenHash: hashToken('two') },
    { feedId: 'broken', department: 'z', tokenHash: 'no hash' },
  ];
  it('knows whose token it is, and nothing else', () => {
    expect(authenticateToken(holders, 'two')).toEqual({ feedId: 'b', department: 'y' });
    for (const wrong of ['', 'One', 'two ', 'no hash', hashToken('one')])
      expect(authenticateToken(holders, wrong)).toBeNull();
  });
});
