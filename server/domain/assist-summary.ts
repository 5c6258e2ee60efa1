import { topics, topicsOf } from './fusion-kind.ts';
import { normalise } from './fusion-text.ts';

const longest = 80;
const greeting =
  /^(?:喂|你好|您好|麻烦快点|我要报警|赶紧来人|帮忙看一下|同志|来电人称[:：]?|市民来电反映|诉求[:：].*|请.{0,12}|希望.{0,10})$/u;

/** In the teller's own words: the place, then what tells most. No word is added, so nothing can be wrong that was not told so. */
export function summaryOf(text: string, place: string | null): string | null {
  const clauses = text
    .slice(0, 4_000)
    .split(/[，。！？；,!?;\n]/u)
    .map((clause) => clause.trim())
    .filter((clause) => clause.length > 1 && !greeting.test(clause));
  if (clauses.length === 0) return null;
  const told = clauses.map((clause, at) => {
    const folded = normalise(clause);
    const words = topicsOf(folded, null).flatMap((name) => topics[name].words.filter((word) => folded.includes(word)));
    return { clause, at, weight: words.reduce((sum, word) => sum + word.length, 0) };
  });
  const best = [...told].sort((a, b) => b.weight - a.weight || a.at - b.at).slice(0, 2);
  const said = best
    .filter((one, rank) => rank === 0 || one.weight > 0)
    .sort((a, b) => a.at - b.at)
    .map((one) => one.clause);
  const whole = [...(place && !said.some((clause) => clause.includes(place)) ? [place] : []), ...said].join('，');
  return whole.length > longest ? `${whole.slice(0, longest - 1)}…` : whole;
}
