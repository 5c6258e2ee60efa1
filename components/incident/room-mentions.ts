/** Whom a note can speak of: an account's id, `department/<id>` or `role/<id>` (server/domain/incident.ts), and what it is called. */
export type Mentionable = { readonly id: string; readonly name: string; readonly also: string };
export type Spell = (text: string) => string;

/** The word after the `@` that the caret stands in; null: none is being written. */
export function mentionAt(text: string, caret: number): { readonly from: number; readonly query: string } | null {
  const before = text.slice(0, caret);
  const from = Math.max(before.lastIndexOf('@'), before.lastIndexOf('＠'));
  if (from < 0) return null;
  const query = before.slice(from + 1);
  // An address is no mention, and a name ends with a space.
  if (/\s/.test(query) || query.length > 20 || /[\w.]/.test(before[from - 1] ?? '')) return null;
  return { from, query };
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** By characters, full spelling or initials; what begins so stands first. */
export function findMentionable(all: readonly Mentionable[], query: string, spell: Spell | null): Mentionable[] {
  const asked = fold(query);
  const rank = (one: Mentionable): number => {
    const names = [fold(one.name), ...(spell ? spell(one.name).split(' ') : [])];
    if (!asked || names.some((name) => name.startsWith(asked))) return 0;
    if (names.some((name) => name.includes(asked))) return 1;
    return fold(one.also).includes(asked) ? 2 : 3;
  };
  return all
    .map((one, at) => ({ one, at, rank: rank(one) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .slice(0, 8)
    .map((each) => each.one);
}

/** The text with the mention in place of what was typed, and where the caret stands then. */
export function withMention(
  text: string,
  caret: number,
  name: string,
): { readonly text: string; readonly caret: number } {
  const at = mentionAt(text, caret);
  if (!at) return { text, caret };
  const head = `${text.slice(0, at.from)}@${name} `;
  return { text: head + text.slice(caret).replace(/^ /, ''), caret: head.length };
}

/** Parts of a text: plain words, and names of those it speaks of. The longest name counts where one begins another. */
export function mentionParts(
  text: string,
  names: readonly string[],
): { readonly text: string; readonly named: boolean }[] {
  const sorted = [...new Set(names)].sort((a, b) => b.length - a.length);
  const parts: { text: string; named: boolean }[] = [];
  let plain = '';
  for (let at = 0; at < text.length; ) {
    const name = text[at] === '@' ? sorted.find((one) => text.startsWith(one, at + 1)) : undefined;
    if (name === undefined) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain) parts.push({ text: plain, named: false });
    plain = '';
    parts.push({ text: `@${name}`, named: true });
    at += name.length + 1;
  }
  return plain ? [...parts, { text: plain, named: false }] : parts;
}

/** Ids of all whom the text names. Who was chosen counts first: two people may share a name. */
export function mentionedIn(text: string, all: readonly Mentionable[], chosen: ReadonlyMap<string, string>): string[] {
  const named = mentionParts(
    text,
    all.map((one) => one.name),
  ).flatMap((part) => (part.named ? [part.text.slice(1)] : []));
  return [...new Set(named)].flatMap((name) => {
    const own = chosen.get(name);
    return own ? [own] : all.filter((one) => one.name === name).map((one) => one.id);
  });
}
