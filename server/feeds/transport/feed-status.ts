import type { FeedPort, TransportState } from './port.ts';
import type { Opened } from './source-breaker.ts';

type Facts = Readonly<Record<string, string | number>>;

/**
 * What one feed's transport says about itself. Notices of the same kind come at most once a second and count those left out; an open
 * breaker stays on the page until its time is over.
 */
export function createFeedStatus(port: FeedPort, feedId: string, now: () => number) {
  let usual: { state: TransportState; code: string; facts: Facts } = { state: 'starting', code: 'starting', facts: {} };
  let current: TransportState = 'starting';
  let noticedAt = Number.NEGATIVE_INFINITY;
  let unsaid = 0;
  const open = new Map<string, Opened>();
  let timer: NodeJS.Timeout | null = null;

  function say(state: TransportState, code: string, facts: Facts): void {
    current = state;
    port.status(feedId, { state, at: now(), code, facts });
  }

  function sayOpen(): boolean {
    for (const [source, { until }] of open) if (until <= now()) open.delete(source);
    const [longest] = [...open].sort(([, one], [, other]) => other.until - one.until);
    if (!longest || usual.state === 'down' || usual.state === 'stopped') return false;
    const [source, { reason, until }] = longest;
    say('degraded', 'breaker_open', { source, reason, until, sources: open.size });
    if (timer) clearTimeout(timer);
    timer = setTimeout(settle, Math.max(50, Math.min(until - now(), 2 ** 31 - 1))).unref();
    return true;
  }

  /** Back to what is usual, unless somebody is still kept out. */
  function settle(): void {
    if (usual.state !== 'stopped' && !sayOpen()) say(usual.state, usual.code, usual.facts);
  }

  return {
    /** What holds until something else is said. */
    tell(state: TransportState, code: string, facts: Facts = {}): void {
      usual = { state, code, facts };
      if (state === 'stopped' && timer) clearTimeout(timer);
      if (!sayOpen()) say(state, code, facts);
    },
    /** Something that happened; what holds goes on holding. */
    notice(code: string, facts: Facts = {}, state: TransportState = 'degraded'): void {
      if (open.size > 0 || (state === current && now() - noticedAt < 1_000)) {
        unsaid++;
        return;
      }
      noticedAt = now();
      say(state, code, { ...facts, unsaid });
      unsaid = 0;
      if (timer) clearTimeout(timer);
      timer = setTimeout(settle, 60_000).unref();
    },
    opened(source: string, opening: Opened): void {
      open.set(source, opening);
      if (open.size > 1_000) open.delete(open.keys().next().value as string);
      sayOpen();
    },
    /** A source is listened to again. */
    closed(source: string): void {
      if (open.delete(source)) settle();
    },
    state: (): TransportState => current,
    end(): void {
      if (timer) clearTimeout(timer);
    },
  };
}
export type FeedStatus = ReturnType<typeof createFeedStatus>;
