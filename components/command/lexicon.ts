import { fold } from './lex.ts';
import type { Slot } from './meant.ts';
import { type Named, namedIn } from './readings.ts';
import { valuesOf, writeValue } from './values.ts';
import type { World } from './world.ts';

export type Reading = { readonly slot: Slot; readonly id: string; readonly label: string; readonly of: string | null };

export type Lexicon = {
  readonly world: World;
  /** What a word may mean for a verb that takes these slots; whole names before parts of names. */
  read(word: string, slots: readonly Slot[]): readonly Reading[];
  /** The shortest writing that means exactly this and nothing else of its slot. */
  write(slot: Slot, id: string): string;
  label(slot: Slot, id: string): string;
  named(slot: Slot, id: string): Named | null;
};

const recorded = ['incident', 'signal', 'unit', 'department', 'alarm', 'plan', 'task', 'checkIn', 'need'] as const;
const keySlots: ReadonlySet<string> = new Set(recorded);
/** `onto` names incidents; it differs in what is done with them. */
const sourceOf = (slot: Slot): Slot => (slot === 'onto' ? 'incident' : slot);
const mayBePart = (word: string) =>
  /[\u4e00-\u9fff]/u.test(word) ? word.length >= 2 : word.length >= 3 && !/^\d+$/.test(word);
/** `.` ends an argument, so it is written otherwise inside an id. */
const writeKey = (slot: Slot, id: string) => `${slot}/${encodeURIComponent(id).replaceAll('.', '%2E')}`;

export function createLexicon(world: World): Lexicon {
  const all = namedIn(world);
  const exact = new Map<string, Named[]>();
  const byId = new Map<string, Named>();
  for (const one of all) {
    byId.set(`${one.slot} ${one.id}`, one);
    for (const name of new Set(one.exact)) {
      if (!name) continue;
      const held = exact.get(name);
      if (held) held.push(one);
      else exact.set(name, [one]);
    }
  }
  const parts = all.filter((one) => one.within.length > 0);
  const named = (slot: Slot, id: string) => byId.get(`${sourceOf(slot)} ${id}`) ?? null;

  function readKey(word: string): Named | null {
    const [kind = '', ...rest] = word.split('/');
    if (!keySlots.has(kind) || rest.length === 0) return null;
    try {
      return byId.get(`${kind} ${decodeURIComponent(rest.join('/'))}`) ?? null;
    } catch {
      return null; // a stray % is no key
    }
  }

  function read(word: string, slots: readonly Slot[]): readonly Reading[] {
    const folded = fold(word);
    const keyed = readKey(word);
    const values = slots.flatMap((slot) => valuesOf(slot, folded).map((id) => ({ slot, id, label: id, of: null })));
    const asReadings = (found: readonly Named[]) =>
      slots.flatMap((slot) =>
        found.filter((one) => one.slot === sourceOf(slot)).map(({ id, label, of }) => ({ slot, id, label, of })),
      );
    if (keyed) return asReadings([keyed]);
    const whole = [...values, ...asReadings(exact.get(folded) ?? [])];
    if (whole.length > 0 || !mayBePart(folded)) return whole;
    return asReadings(parts.filter((one) => one.within.some((name) => name.includes(folded))));
  }

  const safe = (name: string) => name !== '' && !/[\s、，,；;.。→＞>:：()（）/]/u.test(name);
  function write(slot: Slot, id: string): string {
    const found = named(slot, id);
    if (!found) return writeValue(slot, id, world.language);
    const only = (name: string) => {
      const readings = read(name, [sourceOf(slot), ...recorded.filter((one) => one !== sourceOf(slot))]);
      return readings.length > 0 && readings.every((one) => one.slot === found.slot && one.id === id);
    };
    const name = [found.label, ...found.exact].find((one) => safe(one) && only(one));
    if (name) return name;
    return keySlots.has(found.slot) ? writeKey(found.slot, id) : (found.exact[0] ?? id);
  }

  return {
    world,
    read,
    write,
    named,
    label: (slot, id) => named(slot, id)?.label ?? writeValue(slot, id, world.language),
  };
}
