import { type Filled, fill, isMany, isTrouble, meet, type Named, type Way } from './fill.ts';
import { fold, lex, type Token } from './lex.ts';
import type { Lexicon, Reading } from './lexicon.ts';
import { type Slot, slots } from './meant.ts';
import type { Choice, Trouble, Understood } from './understood.ts';
import { type Verb, verbBefore, verbNamed } from './verbs.ts';

const mostTokens = 30;
const mostWays = 256;
const mostChoices = 9;
const wordsLimit = 5_000;

function findVerb(tokens: readonly Token[]): { verb: Verb; rest: readonly Token[] } | null {
  const first = tokens[0];
  if (!first) return null;
  const direct = verbNamed(fold(first.text));
  if (direct) return { verb: direct, rest: tokens.slice(1) };
  const glued = verbBefore(fold(first.text));
  if (glued && fold(first.text).length === first.text.length) {
    const from = first.to - glued.rest.length;
    return {
      verb: glued.verb,
      rest: [{ ...first, text: first.text.slice(from - first.from), from }, ...tokens.slice(1)],
    };
  }
  // Arguments first: then exactly one word of the line has to be a verb.
  const others = tokens.filter((token) => verbNamed(fold(token.text)));
  const only = others.length === 1 ? others[0] : undefined;
  const verb = only ? verbNamed(fold(only.text)) : null;
  return only && verb ? { verb, rest: tokens.filter((token) => token !== only) } : null;
}

/** Every way to give each word one of the slots it can fill. */
function waysOf(named: readonly Named[], verb: Verb): Way[] | null {
  let ways: Named[][][] = [slots.map(() => [])];
  for (const { token, readings } of named) {
    const open = [...new Set(readings.map((one) => one.slot))].filter((slot) =>
      // An arrow points at what it goes into; without one both are thinkable.
      verb.takes.onto && token.onto ? slot === 'onto' : true,
    );
    ways = open.flatMap((slot) =>
      ways.map((way) =>
        way.map((held, index) =>
          slots[index] === slot ? [...held, { token, readings: readings.filter((one) => one.slot === slot) }] : held,
        ),
      ),
    );
    if (ways.length > mostWays) return null;
  }
  return ways.map((way) => new Map(slots.flatMap((slot, at) => (way[at]?.length ? [[slot, way[at]] as const] : []))));
}

export function understand(line: string, lexicon: Lexicon): Understood {
  const { tokens, words } = lex(line);
  if (tokens.length === 0 && !words) return { kind: 'nothing' };
  const found = findVerb(tokens);
  const bad = (trouble: Trouble, verb: Verb | null = found?.verb ?? null): Understood => ({
    kind: 'trouble',
    verb,
    trouble,
  });
  if (!found) return bad({ code: 'no-verb', token: tokens[0]?.text ?? '' });
  const { verb, rest } = found;
  if (rest.length > mostTokens || words.length > wordsLimit) return bad({ code: 'too-long' });
  const taken = Object.keys(verb.takes) as Slot[];
  const named: Named[] = [];
  for (const token of rest) {
    const readings = lexicon.read(token.text, taken);
    if (readings.length === 0)
      return bad({ code: lexicon.read(token.text, slots).length > 0 ? 'not-taken' : 'unknown', token: token.text });
    named.push({ token, readings });
  }
  const ways = waysOf(named, verb);
  if (!ways) return bad({ code: 'too-long' });
  const filled = ways.map((way) => fill(verb, way, lexicon));
  const good = filled.filter((one): one is Filled => !isTrouble(one));
  if (good.length === 0) return bad(filled.find(isTrouble) ?? { code: 'unknown', token: rest[0]?.text ?? '' });

  const ask = (about: string, choices: readonly Choice[]): Understood => ({
    kind: 'ask',
    verb,
    about,
    choices: choices.slice(0, mostChoices),
  });
  const instead = (token: Token, reading: { slot: Slot; id: string }): Choice => {
    const onto = reading.slot === 'onto' && !token.onto ? '→' : '';
    return {
      slot: reading.slot,
      id: reading.id,
      label: lexicon.label(reading.slot, reading.id),
      line: `${line.slice(0, token.from)} ${onto}${lexicon.write(reading.slot, reading.id)} ${line.slice(token.to)}`
        .replace(/\s+/g, ' ')
        .trim(),
    };
  };
  const [only] = good;
  if (good.length > 1 || !only) {
    // Which into which: only an arrow says it.
    const into = named.flatMap(({ token, readings }) =>
      readings.filter((one) => one.slot === 'onto').map((one) => instead(token, one)),
    );
    if (into.length > 1) return ask('→', into);
    for (const { token } of named) {
      const over = new Map<string, Reading>();
      const filling = new Set<Slot>();
      for (const { way } of good)
        for (const held of [...way.values()].flat())
          if (held.token === token)
            for (const one of held.readings) {
              filling.add(one.slot);
              over.set(`${one.slot} ${one.id}`, one);
            }
      if (filling.size > 1)
        return ask(
          token.text,
          [...over.values()].map((one) => instead(token, one)),
        );
    }
    return bad({ code: 'too-many', token: rest.map((one) => one.text).join(' ') });
  }

  const chosen: Partial<Record<Slot, readonly string[]>> = {};
  for (const [slot, held] of only.way) {
    if (isMany(verb.takes[slot])) {
      for (const one of held)
        if (new Set(one.readings.map((each) => each.id)).size > 1)
          return ask(
            one.token.text,
            one.readings.map((each) => instead(one.token, each)),
          );
      chosen[slot] = [...new Set(held.flatMap((one) => one.readings.map((each) => each.id)))].sort();
      continue;
    }
    const left = meet(held);
    // A task of the incident that was named, not one of the same title elsewhere.
    const within = only.way.get('incident');
    const fits =
      within && left.some((one) => one.of)
        ? left.filter((one) => meet(within).some((each) => each.id === one.of))
        : left;
    const ids = [...new Set(fits.map((one) => one.id))];
    const widest = held[0] as Named;
    if (ids.length === 0) return bad({ code: 'disagree', token: widest.token.text });
    if (ids.length > 1)
      return ask(
        widest.token.text,
        fits.map((one) => instead(widest.token, one)),
      );
    chosen[slot] = ids;
  }
  const implied: Slot[] = [];
  for (const [slot, ids] of only.supplied) {
    if (ids.length > 1) {
      const { head, tail } = split(line);
      return ask(
        '',
        ids.map((id) => ({
          slot,
          id,
          label: lexicon.label(slot, id),
          line: `${head.trim()} ${lexicon.write(slot, id)}${tail}`,
        })),
      );
    }
    chosen[slot] = ids;
    implied.push(slot);
  }
  if (verb.words === 'must' && !words) return bad({ code: 'words-missing' });
  if (verb.words === 'none' && words) return bad({ code: 'words-unwanted' });
  return { kind: 'command', verb, meant: { verb: verb.id, picks: chosen, words, implied } };
}

/** The line before the colon, and the colon with what follows. */
function split(line: string): { head: string; tail: string } {
  let depth = 0;
  for (let at = 0; at < line.length; at += 1) {
    const one = line[at] as string;
    if ('（('.includes(one)) depth += 1;
    else if ('）)'.includes(one)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && ':：'.includes(one)) return { head: line.slice(0, at), tail: line.slice(at) };
  }
  return { head: line, tail: '' };
}
