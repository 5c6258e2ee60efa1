import type { ListedFeed } from '@/server/api/deps.ts';
import { shownUrl } from '@/server/feeds/transport/shown-url.ts';
import type { SettledFeed } from './settle-feeds.ts';

function addressOf({ feed, listen, connect, url }: SettledFeed): string {
  const at = listen ? `${listen.host.includes(':') ? `[${listen.host}]` : listen.host}:${listen.port}` : '—';
  switch (feed.transport) {
    case 'tcp':
    case 'udp':
      return `${feed.transport} ${at}`;
    case 'tcp-client':
      return `tcp → ${connect ? `${connect.host}:${connect.port}` : '—'}`;
    case 'http-push':
      return `http ${at}/v1/${feed.protocol}`;
    case 'http-poll':
      return `poll ${url === null ? '—' : shownUrl(url)}`;
    case 'mqtt':
      return url === null ? `mqtt ${at} one-network/${feed.id}/#` : shownUrl(url);
  }
}

/** A feed as the page lists it. */
export const listedFeed = (of: SettledFeed): ListedFeed => ({
  id: of.feed.id,
  title: of.feed.title['zh-CN'],
  protocol: of.feed.protocol,
  standard: of.protocol.standard,
  department: of.department.id,
  address: addressOf(of).slice(0, 500),
  expectedIntervalS: of.feed.expectedIntervalS,
  crs: of.feed.crs,
  personal: of.feed.kinds.includes('call'),
});
