import { type GazetteerEntry, type Prepared, placeLevels } from './gazetteer.ts';

const han = /^[\p{Script=Han}\d]+$/u;

/** Short names of communities and streets are common words (和平, 建设): only a longer or a full one is taken for a place. */
function mayStand({ level, name }: GazetteerEntry, form: string): boolean {
  if (form.length < 2 || !han.test(form)) return false;
  if (level === 'community' || level === 'street') return form.length >= 3 || form === name;
  return level === 'landmark' || level === 'district' ? true : form.length >= 3;
}

type Spot = { readonly at: number; readonly said: string; readonly found: readonly Prepared[] };
type Form = { readonly text: string; readonly of: Prepared };

/** What is called just so comes before what is only short for something longer. */
const rankOf = ({ text, of: { entry } }: Form) => (entry.name === text ? 0 : 10) + placeLevels.indexOf(entry.level);
/** A name that many places bear says nothing without more. */
const mostAlike = 3;

/** Finds names in running Chinese, which has no gaps between words: the longest at each spot, then on behind it. */
export function createNameSpotter(prepared: readonly Prepared[]): (text: string) => Spot[] {
  const byHead = new Map<string, Form[]>();
  for (const of of prepared) {
    if (!of.entry.choice) continue;
    for (const text of of.forms) {
      if (!mayStand(of.entry, text)) continue;
      const head = text.slice(0, 2);
      const list = byHead.get(head) ?? [];
      list.push({ text, of });
      byHead.set(head, list);
    }
  }
  for (const list of byHead.values()) list.sort((a, b) => b.text.length - a.text.length || rankOf(a) - rankOf(b));

  return (text) => {
    const spots: Spot[] = [];
    for (let at = 0; at < text.length - 1; ) {
      const here = byHead.get(text.slice(at, at + 2))?.filter((form) => text.startsWith(form.text, at)) ?? [];
      const said = here[0]?.text;
      if (!said) {
        at += 1;
        continue;
      }
      const alike = here.filter((form) => form.text === said);
      const best = alike.filter((form) => rankOf(form) === rankOf(alike[0]!));
      spots.push({ at, said, found: best.slice(0, mostAlike).map(({ of }) => of) });
      at += said.length;
    }
    return spots;
  };
}
