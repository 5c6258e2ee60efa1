import { describe, expect, it } from 'vitest';
import type { Feed } from '@/server/domain/feed.ts';
import { feedLines, isTrouble, type ListedFeed } from './feed-lines.ts';

const listed = (id: string, more: Partial<ListedFeed> = {}): ListedFeed => ({
  id,
  title: id,
  protocol: 'push',
  standard: 'S',
  department: 'water',
  address: 'http 127.0.0.1:7080',
  expectedIntervalS: 60,
  crs: 'wgs84',
  figures: null,
  ...more,
});
const record = (id: string, state: Feed['state']): Feed => ({
  id,
  title: id,
  protocol: 'push',
  department: 'water',
  address: 'http 127.0.0.1:7080',
  expectedIntervalS: 60,
  crs: 'wgs84',
  state,
  since: 5,
  reason: null,
});
const figures = {
  messages: 9,
  records: 8,
  bytes: 100,
  noiseBytes: 3,
  duplicates: 1,
  refused: { schema: 2, checksum: 1 },
  lastReceivedAt: 1_000,
  lastGoodAt: 900,
  messagesPerMinute: 6,
  recordsPerMinute: 5,
  connections: 1,
  transport: null,
};

describe('feedLines', () => {
  it('takes the state from the record, rates from the socket, the rest from the list', () => {
    const [line] = feedLines({
      listed: [listed('a', { figures })],
      records: [record('a', 'late')],
      rates: [{ feed: 'a', messagesPerS: 0.5, rejectedPerS: 0, lastMessageAt: 2_000, lastGoodAt: 800, connections: 3 }],
      heldBack: [
        { feed: 'a', reason: 'schema', open: 2, decoded: 1 },
        { feed: 'b', reason: 'schema', open: 7, decoded: 0 },
      ],
    });
    expect(line).toMatchObject({
      state: 'late',
      since: 5,
      messagesPerMinute: 30,
      connections: 3,
      lastMessageAt: 2_000,
      lastGoodAt: 900,
      refusedTotal: 3,
      heldBack: 2,
      configured: true,
    });
  });

  it('is unknown, not online, before a record is there', () => {
    const [line] = feedLines({ listed: [listed('a')], records: [], rates: [], heldBack: null });
    expect(line).toMatchObject({
      state: 'unknown',
      since: null,
      messagesPerMinute: null,
      heldBack: null,
      refusedTotal: null,
    });
  });

  it('keeps the order of the list, and records of what is not configured any more behind it', () => {
    const lines = feedLines({
      listed: [listed('z'), listed('a')],
      records: [record('old', 'down'), record('a', 'down'), record('z', 'online')],
      rates: [],
      heldBack: [],
    });
    expect(lines.map((one) => one.id)).toEqual(['z', 'a', 'old']);
    expect(lines.map(isTrouble)).toEqual([false, true, false]);
  });
});
