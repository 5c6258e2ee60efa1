import type { JsonValue } from '../read-json.ts';
import type { Refusal } from '../refusal.ts';
import { attempt, Unreadable } from './unreadable.ts';

export type Fields = { [name: string]: JsonValue };

const deepest = 24;
const mostValues = 500_000;
const blank = /(?:\s+|#[^\n]*)*/y;
const nameAt = /[A-Za-z_][\w]*|\[[\w./-]+\]/y;
const numberAt = /[-+]?(?:0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)[fF]?/y;
const wordAt = /-?[A-Za-z_][\w]*/y;
const escapes: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v', '\\': '\\', "'": "'", '"': '"', '?': '?' },
};
const dangerous = new Set(['__proto__', 'constructor', 'prototype']);

/** Protocol Buffers' text format → names and values; a name that comes several times becomes a list. Names are not judged here. */
export function readTextForm(text: string): Fields | Refusal {
  let at = 0;
  let values = 0;
  const wrong = (detail: string) =>
    at >= text.length
      ? new Unreadable('truncated', 'ends inside a message', at)
      : new Unreadable('syntax', `${detail}, not "${text.slice(at, at + 12)}"`, at);
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const skip = () => void match(blank);
  const eat = (character: string): boolean => {
    skip();
    if (text[at] !== character) return false;
    at++;
    return true;
  };

  /** Escapes name bytes, so a Chinese letter may come as three of them. */
  function string(): string {
    const quote = text[at++] as string;
    const bytes: number[] = [];
    let plain = at;
    const keep = () => bytes.push(...Buffer.from(text.slice(plain, at), 'utf8'));
    for (;;) {
      const next = text[at];
      if (next === undefined || next === '\n') throw wrong('a text that does not end');
      if (next === quote) break;
      if (at - plain > 8_192) {
        keep();
        plain = at;
      }
      if (next !== '\\') {
        at++;
        continue;
      }
      keep();
      const code = /\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/y;
      code.lastIndex = at;
      const found = code.exec(text);
      const [, octal, hex, short, long, letter] = found ?? [];
      const point = Number.parseInt(short ?? long ?? '0', 16);
      if (!found || (letter !== undefined && !Object.hasOwn(escapes, letter)) || point > 0x10ffff)
        throw wrong('an escape');
      if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff);
      else if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
      else bytes.push(...Buffer.from(letter === undefined ? String.fromCodePoint(point) : (escapes[letter] as string)));
      at += found[0].length;
      plain = at;
    }
    keep();
    at++;
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
    } catch {
      throw new Unreadable('encoding', 'a text whose bytes are not UTF-8', at);
    }
  }

  function scalar(): JsonValue {
    if (text[at] === '"' || text[at] === "'") {
      let whole = '';
      // Texts beside one another are one text.
      while (text[at] === '"' || text[at] === "'") {
        whole += string();
        skip();
      }
      return whole;
    }
    const word = match(wordAt);
    if (word !== null) return word;
    const digits = match(numberAt);
    if (digits === null) throw wrong('a value is due');
    const bare = /^0[xX]/.test(digits) ? digits : digits.replace(/[fF]$/, '').replace(/^\+/, '');
    // As a text where a number in double precision would not be the same one.
    return /^-?\d{16,}$/.test(bare) ? bare : Number(bare);
  }

  function value(depth: number): JsonValue {
    skip();
    if (text[at] === '{' || text[at] === '<') return message(depth + 1);
    return scalar();
  }

  function list(depth: number): JsonValue[] {
    const out: JsonValue[] = [];
    if (eat(']')) return out;
    for (;;) {
      out.push(value(depth));
      if (eat(']')) return out;
      if (!eat(',')) throw wrong('"," or "]" is due');
    }
  }

  function fields(close: string | null, depth: number): Fields {
    const into: Fields = {};
    for (;;) {
      skip();
      if (close === null ? at >= text.length : eat(close)) return into;
      if (++values > mostValues) throw new Unreadable('too_large', `more than ${mostValues} fields`, at);
      const name = match(nameAt);
      if (name === null) throw wrong('a field name is due');
      const colon = eat(':');
      skip();
      const opens = text[at] === '{' || text[at] === '<';
      if (!colon && !opens) throw wrong('":" or a message is due');
      const read = colon && eat('[') ? list(depth) : value(depth);
      if (dangerous.has(name)) throw new Unreadable('forbidden', `a field called ${name}`, at);
      add(into, name, read);
      if (!eat(',')) eat(';');
    }
  }

  function message(depth: number): Fields {
    if (depth > deepest) throw new Unreadable('too_deep', `more than ${deepest} levels`, at);
    return fields(text[at++] === '<' ? '>' : '}', depth);
  }

  const read = attempt(() => ({ root: fields(null, 0) }));
  if ('root' in read) return read.root;
  return read.offset === null ? read : { ...read, offset: Buffer.byteLength(text.slice(0, read.offset), 'utf8') };
}

function add(into: Fields, name: string, read: JsonValue): void {
  const held = Object.hasOwn(into, name) ? into[name] : undefined;
  if (held === undefined) into[name] = read;
  else {
    const list = Array.isArray(held) ? held : [held];
    for (const one of Array.isArray(read) ? read : [read]) list.push(one);
    into[name] = list;
  }
}
