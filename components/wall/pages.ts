/** A long list goes by pages on a wall: nobody scrolls there, and words that crawl cannot be read. */
export const pageCount = (rows: number, perPage: number): number => Math.max(1, Math.ceil(rows / Math.max(1, perPage)));

/** Which page is up. A list that became shorter shows its last page, not nothing. */
export const pageAt = (turn: number, pages: number): number => ((turn % pages) + pages) % pages;

export const pageOf = <Row>(rows: readonly Row[], page: number, perPage: number): readonly Row[] =>
  rows.slice(page * Math.max(1, perPage), (page + 1) * Math.max(1, perPage));

export const turnEveryMs = 10_000;
