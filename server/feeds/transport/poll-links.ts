/** A document an index points at; `version` changes when it does. */
export type PollLink = { readonly href: string; readonly version: string | null };

export const linkKey = ({ href, version }: { href: string; version: string | null }): string =>
  `${href} ${version ?? ''}`;

const mostSeen = 5_000;
/** An index may be out before its documents are; what is not there after so many polls was taken away. */
const mostTries = 5;

/** What is known of the documents behind an index: which were read, and which have failed how often. */
export function createLinkBook() {
  const seen = new Set<string>();
  const tries = new Map<string, number>();

  function read(key: string): void {
    tries.delete(key);
    seen.add(key);
    if (seen.size > mostSeen) seen.delete(seen.values().next().value as string);
  }

  return {
    /** What is still to be read: first what was never asked for, or a few that are gone would hold up all that is new. */
    open<Link extends { readonly key: string }>(links: readonly Link[]): Link[] {
      const named = new Map(links.map((link) => [link.key, link]));
      for (const key of tries.keys()) if (!named.has(key)) tries.delete(key);
      return [...named.values()]
        .filter(({ key }) => !seen.has(key))
        .sort((one, other) => (tries.get(one.key) ?? 0) - (tries.get(other.key) ?? 0));
    },
    read,
    /** True: given up. Its next version is asked for as anything new. */
    failed(key: string, isGone: boolean): boolean {
      const count = (tries.get(key) ?? 0) + 1;
      tries.set(key, count);
      if (isGone && count >= mostTries) read(key);
      return isGone && count >= mostTries;
    },
  };
}
