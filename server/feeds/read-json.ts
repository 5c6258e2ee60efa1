import type { RefusalReason } from './refusal.ts';

/** What one body may cost. A MultiPolygon inside a record inside `records` is nine levels deep. */
export const jsonLimits = { depth: 24, values: 500_000, numberLength: 64 };

export type JsonFault = { readonly reason: RefusalReason; readonly detail: string; readonly index: number };
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

class Unreadable extends Error {
  constructor(
    readonly reason: RefusalReason,
    message: string,
    readonly index: number,
  ) {
    super(message);
  }
}

const space = /[ \t\n\r]*/y;
const numberAt = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 §7 wants these escaped
const plainAt = /[^"\\\u0000-\u001f]*/y;
const escapes: Record<string, string> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const literals = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;
const dangerousKeys = new Set(['__proto__', 'constructor', 'prototype']);
const loneSurrogate = /\p{Surrogate}/u;

/**
 * Reads JSON (RFC 8259) piece by piece. The platform's own parser keeps the last of two equal keys, builds any depth, and says
 * nothing about half characters; here those are faults with a place. What stays readable is read on, so that one bad record
 * of a batch costs only itself: `takeFaults` gives what came up since the last call.
 */
export function createJsonReader(text: string, limits = jsonLimits) {
  let at = 0;
  let values = 0;
  let faults: JsonFault[] = [];

  const skipSpace = () => {
    space.lastIndex = at;
    space.exec(text);
    at = space.lastIndex;
  };
  const wrong = (detail: string) =>
    at >= text.length ? new Unreadable('truncated', 'ends inside a value', at) : new Unreadable('syntax', detail, at);
  const note = (reason: RefusalReason, detail: string, index: number) => faults.push({ reason, detail, index });

  function string(): string {
    const start = at;
    at++;
    let out = '';
    let escaped = false;
    for (;;) {
      plainAt.lastIndex = at;
      out += plainAt.exec(text)?.[0] ?? '';
      at = plainAt.lastIndex;
      const next = text[at];
      if (next === '"') break;
      if (next !== '\\') throw wrong('a control character inside a string');
      escaped = true;
      const letter = text[at + 1] ?? '';
      const hex = letter === 'u' ? /^[0-9a-fA-F]{4}$/.exec(text.slice(at + 2, at + 6))?.[0] : undefined;
      if (hex === undefined && escapes[letter] === undefined) {
        const cut = letter === 'u' && /^[0-9a-fA-F]{0,3}$/.test(text.slice(at + 2, at + 6));
        if (letter === '' || (cut && at + 6 > text.length)) at = text.length;
        throw wrong('an escape that JSON does not know');
      }
      out += hex === undefined ? escapes[letter] : String.fromCharCode(Number.parseInt(hex, 16));
      at += hex === undefined ? 2 : 6;
    }
    at++;
    if (escaped && loneSurrogate.test(out)) note('encoding', 'half of a surrogate pair', start);
    if (escaped && out.includes('\u0000')) note('value', 'a NUL character', start);
    return out;
  }

  function number(): number {
    numberAt.lastIndex = at;
    const digits = numberAt.exec(text)?.[0];
    if (digits === undefined) throw wrong(`"${text.slice(at, at + 12)}" is no JSON value`);
    const start = at;
    at = numberAt.lastIndex;
    const value = Number(digits);
    if (digits.length > limits.numberLength || !Number.isFinite(value))
      note('value', 'a number too large to keep', start);
    return Number.isFinite(value) ? value : 0;
  }

  function object(depth: number): JsonValue {
    const out: { [key: string]: JsonValue } = {};
    at++;
    skipSpace();
    if (text[at] === '}') {
      at++;
      return out;
    }
    for (;;) {
      skipSpace();
      const start = at;
      if (text[at] !== '"') throw wrong('a key must be a string');
      const key = string();
      skipSpace();
      if (text[at] !== ':') throw wrong('":" expected');
      at++;
      const value = read(depth + 1);
      if (dangerousKeys.has(key)) note('forbidden', `key ${key}`, start);
      else if (Object.hasOwn(out, key)) note('value', `key "${key.slice(0, 60)}" twice`, start);
      else out[key] = value;
      skipSpace();
      const next = text[at];
      if (next !== ',' && next !== '}') throw wrong('"," or "}" expected');
      at++;
      if (next === '}') return out;
    }
  }

  function array(depth: number): JsonValue {
    const out: JsonValue[] = [];
    at++;
    skipSpace();
    if (text[at] === ']') {
      at++;
      return out;
    }
    for (;;) {
      out.push(read(depth + 1));
      skipSpace();
      const next = text[at];
      if (next !== ',' && next !== ']') throw wrong('"," or "]" expected');
      at++;
      if (next === ']') return out;
    }
  }

  function read(depth: number): JsonValue {
    skipSpace();
    if (depth > limits.depth) throw new Unreadable('too_deep', `more than ${limits.depth} levels`, at);
    if (++values > limits.values) throw new Unreadable('too_large', `more than ${limits.values} values`, at);
    const first = text[at];
    if (first === '{') return object(depth);
    if (first === '[') return array(depth);
    if (first === '"') return string();
    for (const [word, value] of literals) {
      if (!text.startsWith(word, at)) continue;
      at += word.length;
      return value;
    }
    return number();
  }

  return {
    /** Where reading stands, in characters, after white space. */
    position() {
      skipSpace();
      return at;
    },
    peek() {
      skipSpace();
      return text[at] ?? null;
    },
    /** Takes one structural character, or throws what `attempt` turns into a fault. */
    expect(character: string) {
      skipSpace();
      if (text[at] !== character) throw wrong(`"${character}" expected`);
      at++;
    },
    read: () => read(1),
    takeFaults(): JsonFault[] {
      const taken = faults;
      faults = [];
      return taken;
    },
  };
}

/** Runs a piece of reading; unreadable text comes back as a fault. */
export function attempt<T>(work: () => T): T | JsonFault {
  try {
    return work();
  } catch (problem) {
    if (problem instanceof Unreadable) return { reason: problem.reason, detail: problem.message, index: problem.index };
    throw problem;
  }
}
