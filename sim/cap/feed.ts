import { beijingDateTime } from '../beijing-time.ts';
import { type CapMessage, encodeCap, xmlText } from './encode.ts';

export const capMediaType = 'application/cap+xml';

/** An Atom feed (RFC 4287) of CAP messages, newest first: an entry links to its document and carries it as its content. */
export function atomFeed(messages: readonly CapMessage[], base: string, emptyAtMs: number): string {
  const newest = [...messages].sort((a, b) => b.sentAtMs - a.sentAtMs);
  const entries = newest.map((message) => {
    const href = `${base}/cap/${encodeURIComponent(message.identifier)}.xml`;
    return [
      '<entry>',
      `<id>${xmlText(href)}</id>`,
      `<title>${xmlText(message.texts[0]?.headline ?? message.identifier)}</title>`,
      `<updated>${beijingDateTime(message.sentAtMs)}</updated>`,
      `<author><name>${xmlText(message.senderName)}</name></author>`,
      `<link rel="alternate" type="${capMediaType}" href="${xmlText(href)}"/>`,
      `<content type="text/xml">${encodeCap(message).replace(/^<\?xml[^>]*\?>\n/, '')}</content>`,
      '</entry>',
    ].join('');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<id>${xmlText(base)}/cap/feed.atom</id>`,
    '<title>南京市预警信息（模拟）</title>',
    `<updated>${beijingDateTime(newest[0]?.sentAtMs ?? emptyAtMs)}</updated>`,
    `<link rel="self" href="${xmlText(base)}/cap/feed.atom"/>`,
    ...entries,
    '</feed>\n',
  ].join('');
}
