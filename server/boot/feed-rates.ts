import type { FeedFigures } from '@/server/feeds/feed-monitor.ts';
import type { FeedRate } from '@/server/wire/realtime.ts';

const refusedOf = (of: FeedFigures): number => Object.values(of.refused).reduce((sum, count) => sum + count, 0);

/** What the screens are told of each feed every other second. */
export function createFeedRates(): (figures: readonly FeedFigures[], now: number) => FeedRate[] {
  let before = { at: 0, refused: new Map<string, number>() };
  return (figures, now) => {
    const seconds = Math.max(0.5, (now - before.at) / 1000);
    const rates = figures.map((of): FeedRate => {
      const rejected = refusedOf(of) - (before.refused.get(of.id) ?? refusedOf(of));
      return {
        feed: of.id,
        messagesPerS: of.messagesPerMinute / 60,
        rejectedPerS: rejected / seconds,
        lastMessageAt: of.lastReceivedAt,
        lastGoodAt: of.lastGoodAt,
        connections: of.connections,
      };
    });
    before = { at: now, refused: new Map(figures.map((of) => [of.id, refusedOf(of)])) };
    return rates;
  };
}
