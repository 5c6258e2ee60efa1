/** Keys of one's own: from the key that the product names to the one that this person presses. A key moves everywhere alike. */
export type Remap = Readonly<Record<string, string>>;
export const noRemap: Remap = {};

export const chordNow = (remap: Remap, chord: string): string => remap[chord] ?? chord;

/** Every key that some screen listens to; a test holds this list against the screens. */
export const knownChords: readonly string[] = [
  ...'abcdefhijklmnopqrstuvwx',
  ...'123456789',
  '/',
  '?',
  ':',
  '.',
  ',',
  'alt+q',
  'backspace',
  'shift+d',
  'shift+u',
  'ctrl+k',
  'alt+m',
  'ctrl+enter',
  'escape',
  'enter',
  'space',
  'arrowup',
  'arrowdown',
  'arrowleft',
  'arrowright',
  'shift+arrowleft',
  'shift+arrowright',
  'home',
  'end',
];

/** What every widget, dialog and browser understands the same way; moved, half of the screens would go on meaning the old one. */
const fixed = new Set([
  'ctrl+enter',
  'escape',
  'enter',
  'space',
  'tab',
  'shift+tab',
  'backspace',
  'delete',
  'process',
  'dead',
  'home',
  'end',
  'pageup',
  'pagedown',
  'arrowup',
  'arrowdown',
  'arrowleft',
  'arrowright',
  'shift+arrowleft',
  'shift+arrowright',
  'f5',
  'f11',
  'f12',
]);
const modifiers = new Set(['control', 'shift', 'alt', 'meta', 'altgraph', 'capslock', 'os']);
/** The browser takes these before any page sees them, or an operator would lose the page by a slip. */
const browsers = /^(ctrl\+(shift\+)?[wtnrqlpsfaczvxyj0+=-]|alt\+(arrowleft|arrowright|f4|d)|ctrl\+(f4|f5|tab))$/;

export const mayMove = (chord: string): boolean => !fixed.has(chord);

export type KeyVerdict =
  | { readonly kind: 'good' }
  | { readonly kind: 'unchanged' }
  /** Only a modifier so far. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'reserved' }
  /** `by`: the key, as the product names it, that it would take away from. */
  | { readonly kind: 'taken'; readonly by: string };

/** Whether this key may stand for that one. */
export function judgeKey(remap: Remap, from: string, to: string): KeyVerdict {
  const last = to.split('+').at(-1) ?? '';
  if (modifiers.has(last)) return { kind: 'incomplete' };
  if (fixed.has(to) || browsers.test(to)) return { kind: 'reserved' };
  if (chordNow(remap, from) === to) return { kind: 'unchanged' };
  const by = [...knownChords, ...Object.keys(remap)].find((one) => one !== from && chordNow(remap, one) === to);
  return by ? { kind: 'taken', by } : { kind: 'good' };
}

const plain = (remap: Remap): Remap => Object.fromEntries(Object.entries(remap).filter(([from, to]) => from !== to));

export const withKey = (remap: Remap, from: string, to: string): Remap => plain({ ...remap, [from]: to });
/** Both change places: no key is lost. */
export const swapKeys = (remap: Remap, from: string, by: string): Remap =>
  plain({ ...remap, [from]: chordNow(remap, by), [by]: chordNow(remap, from) });
export const withoutKey = (remap: Remap, from: string): Remap => plain({ ...remap, [from]: from });

type Kept = Pick<Storage, 'getItem' | 'setItem'>;
const keyOf = (account: string) => `keys/${account}`;

/** What is kept is judged again: a later edition may use a key that was free. */
export function readRemap(storage: Kept | null, account: string): Remap {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(keyOf(account)) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return noRemap;
    const pairs = Object.entries(kept).filter(
      (pair): pair is [string, string] =>
        typeof pair[1] === 'string' && knownChords.includes(pair[0]) && mayMove(pair[0]) && mayMove(pair[1]),
    );
    const remap = plain(Object.fromEntries(pairs));
    const ends = knownChords.map((one) => chordNow(remap, one));
    return new Set(ends).size === ends.length ? remap : noRemap;
  } catch {
    return noRemap; // unreadable: the product's own keys
  }
}

export function keepRemap(storage: Kept | null, account: string, remap: Remap): void {
  try {
    storage?.setItem(keyOf(account), JSON.stringify(remap));
  } catch {
    // Without storage the keys last as long as the page.
  }
}
