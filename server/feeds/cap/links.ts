import type { CapDocument, CapEntry } from './message.ts';

const kinds = ['application/cap+xml', 'application/common-alerting-protocol+xml'];

/** Of an entry's links the one that leads to the alert: by its media type, else the alternate one. */
function alertLink({ links }: CapEntry): string | null {
  const byType = links.find(({ type }) => kinds.includes((type ?? '').split(';')[0]?.trim().toLowerCase() ?? ''));
  const alternate = links.find(({ rel, type }) => (rel ?? 'alternate') === 'alternate' && !/html/i.test(type ?? ''));
  return (byType ?? alternate)?.href ?? null;
}

/** Where the alerts of an index are to be fetched. Entries that hold their alert need no fetching. */
export const capLinks = (document: CapDocument): { href: string; version: string | null }[] =>
  document.entries.flatMap((entry) => {
    const href = entry.alerts > 0 ? null : alertLink(entry);
    return href === null ? [] : [{ href, version: entry.updated }];
  });
