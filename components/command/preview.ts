import type { Lexicon } from './lexicon.ts';
import { type Meant, picks, type Slot, slots } from './meant.ts';

/** What stands in brackets is said beside, and read over when the same line is typed again. */
const beside = (text: string): string => (text ? `（${text.replace(/[（）()\s]+/gu, ' ').trim()}）` : '');

function oneOf(slot: Slot, id: string, lexicon: Lexicon): string {
  const written = lexicon.write(slot, id);
  if (slot === 'incident' || slot === 'onto') {
    const incident = lexicon.world.incidents.get(id);
    return `${written}${incident && incident.title !== written ? beside(incident.title) : ''}`;
  }
  const label = lexicon.label(slot, id);
  return label.toLowerCase() === written.toLowerCase() || lexicon.named(slot, id) === null
    ? written
    : `${written}${beside(label)}`;
}

/** `派遣 消1201、消1203 → 20261125-0412（建筑火灾）：先救人`. Typed in again it means the same: what is read is what is done. */
export function previewOf(meant: Meant, lexicon: Lexicon, verb: string): string {
  const said = (slot: Slot) => picks(meant, slot).map((id) => oneOf(slot, id, lexicon));
  const rest = slots.filter((slot) => slot !== 'incident' && slot !== 'onto').flatMap(said);
  const ends = [said('incident'), said('onto')].filter((one) => one.length > 0).map((one) => one.join('、'));
  const path = [rest.join('、'), ...ends].filter(Boolean).join(' → ');
  return `${verb}${path ? ` ${path}` : ''}${meant.words ? `：${meant.words}` : ''}`;
}
