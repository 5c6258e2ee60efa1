import { isRefusal, type Refusal, refuse } from '@/server/feeds/refusal.ts';
import { protocolById } from '@/server/feeds/registry.ts';
import type { FeedRecord } from '@/server/wire/record.ts';
import type { Department } from '../contract.ts';

export type ReadMessage = { readonly records: readonly FeedRecord[]; readonly refusals: readonly Refusal[] };

/** One whole message of a feed as its transport reads it: decoded, mapped by the protocol, held against `kinds`, mapped by the department. JSON protocols take an object. */
export function readMessage(
  department: Department,
  feedId: string,
  said: Uint8Array | string | object,
  receivedAt = Date.parse('2026-07-01T08:00:05+08:00'),
): ReadMessage {
  const feed = department.feeds.find(({ id }) => id === feedId);
  if (!feed) throw new Error(`${department.id} has no feed ${feedId}`);
  const protocol = protocolById(feed.protocol);
  if (!protocol) throw new Error(`there is no protocol ${feed.protocol}`);
  const bytes = said instanceof Uint8Array ? said : Buffer.from(typeof said === 'string' ? said : JSON.stringify(said));
  const message = protocol.decode(bytes);
  if (isRefusal(message)) return { records: [], refusals: [message] };
  const context = { receivedAt, crs: feed.crs, options: protocol.options.parse(feed.options ?? {}) };
  const mapped = protocol
    .map(message, context)
    .map((value) =>
      isRefusal(value) || feed.kinds.includes(value.kind)
        ? value
        : refuse('unsupported', `${feed.id} sends ${feed.kinds.join(', ')}, not ${value.kind}`),
    );
  return {
    records: mapped.flatMap((value) => (isRefusal(value) ? [] : [department.map(value, { feedId, receivedAt })])),
    refusals: mapped.filter(isRefusal),
  };
}
