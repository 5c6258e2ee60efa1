/** `{now}` and `{since}` become times: what a source is asked for is what it has not been asked for before. */
export function fillUrl(template: string, times: { readonly now: number; readonly since: number }): string {
  return template.replace(/\{(now|since)\}|%7B(now|since)%7D/gi, (_, plain?: string, coded?: string) =>
    encodeURIComponent(new Date(times[(plain ?? coded ?? 'now').toLowerCase() as 'now' | 'since']).toISOString()),
  );
}

/** The address that a Link header calls the next one (RFC 8288), as it stands there. */
export function linkedNext(header: string | null): string | null {
  for (const [, target, parameters] of (header ?? '')
    .slice(0, 8_192)
    .matchAll(/<([^<>]{1,2000})>((?:\s*;[^,<]{0,500})*)/g))
    if (/;\s*rel\s*=\s*("[^"]*\bnext\b[^"]*"|next\b)/i.test(parameters ?? '')) return target ?? null;
  return null;
}

export type Page = {
  readonly url: URL;
  /** What the document itself calls its next page. */
  readonly nextLink: string | null;
  readonly linkHeader: string | null;
  /** What the page brought, readable or not. */
  readonly count: number;
};

const whole = (text: string | null): number | null => (text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null);

/**
 * Where the next page is: as the document says (SensorThings), as its header says, or one step further where the address itself
 * counts (`limit` and `offset` of NGSI, `page` of Open311), until a page brings nothing.
 */
export function nextPage({ url, nextLink, linkHeader, count }: Page): URL | null {
  const said = nextLink ?? linkedNext(linkHeader);
  if (said !== null) return URL.canParse(said, url) ? new URL(said, url) : null;
  if (count === 0) return null;
  const next = new URL(url);
  const limit = whole(url.searchParams.get('limit'));
  if (limit !== null && limit > 0) {
    next.searchParams.set('offset', String((whole(url.searchParams.get('offset')) ?? 0) + limit));
    return next;
  }
  const page = whole(url.searchParams.get('page'));
  if (page === null) return null;
  next.searchParams.set('page', String(page + 1));
  return next;
}
