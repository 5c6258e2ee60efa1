import type { JsonValue } from '../read-json.ts';
import { isObject } from '../read-json-document.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { limits } from './limits.ts';
import type { ReadEntity, ReadFeed, Tree } from './read-binary.ts';
import {
  enumNumber,
  enumWord,
  type Field,
  fieldByName,
  isEnumName,
  isMessageName,
  type MessageName,
  type MessageOf,
  type ScalarName,
} from './schema.ts';
import { attempt, Unreadable } from './unreadable.ts';

/** Not there, or not what the table wants: the members of other people's dialects are as unknown as unknown fields. */
const absent = Symbol('absent');
type Form = 'json' | 'text';

const whole = /^-?\d{1,20}$/;
const decimal = /^-?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,3})?$/;
const words: Readonly<Record<string, number>> = {
  ...{ NaN: Number.NaN, nan: Number.NaN, Infinity: Number.POSITIVE_INFINITY, '-Infinity': Number.NEGATIVE_INFINITY },
  ...{ inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY },
};

const bounds: Readonly<Partial<Record<ScalarName, readonly [number, number]>>> = {
  int32: [-2_147_483_648, 2_147_483_647],
  uint32: [0, 4_294_967_295],
  int64: [-9.3e18, 9.3e18],
  uint64: [0, 1.85e19],
};

/** How JavaScript's own Protocol Buffers print a number of 64 bits: as its two halves. */
const halvesOf = (value: JsonValue): number | null =>
  isObject(value) && typeof value.low === 'number' && typeof value.high === 'number'
    ? (value.unsigned === true ? value.high >>> 0 : value.high) * 4_294_967_296 + (value.low >>> 0)
    : null;

/** 64-bit numbers are texts in this mapping, and floats may be; both ways are taken, and so are seconds with a fraction. */
function numberOf(value: JsonValue, type: ScalarName): number | typeof absent {
  const bound = bounds[type];
  const plain = typeof value === 'string' && decimal.test(value.trim()) ? Number(value) : (halvesOf(value) ?? value);
  const read = typeof plain === 'string' && !bound && Object.hasOwn(words, plain) ? words[plain] : plain;
  if (typeof read !== 'number') return absent;
  // Decimals are kept as written: only the wire is in single precision.
  if (!bound) return read;
  const floor = Math.trunc(read);
  return floor >= bound[0] && floor <= bound[1] ? floor : absent;
}

function scalarOf(value: JsonValue, { type, name }: Field): unknown {
  if (isEnumName(type)) {
    if (typeof value === 'number' && Number.isInteger(value)) return enumWord(type, value);
    if (typeof value !== 'string') return absent;
    if (whole.test(value)) return enumWord(type, Number(value));
    const known = enumNumber(type, value);
    // A word of a later edition: no number stands for it, −1 is none of any enumeration here.
    return known === null ? -1 : enumWord(type, known);
  }
  if (type === 'bool') {
    if (typeof value === 'boolean') return value;
    return value === 'true' || value === 'false' ? value === 'true' : absent;
  }
  if (type !== 'string') return numberOf(value, type as ScalarName);
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : absent;
  if (value.length > limits.textBytes)
    throw new Unreadable('too_large', `${name}: a text of ${value.length} characters`);
  return value;
}

function heldIn(value: JsonValue, field: Field, form: Form): unknown {
  if (!isMessageName(field.type)) return scalarOf(value, field);
  if (isObject(value)) return readMessage(value, field.type, form);
  // Some agencies write a text where translations are due.
  return field.type === 'TranslatedString' && typeof value === 'string' ? { translation: [{ text: value }] } : absent;
}

function readMessage(value: { readonly [key: string]: JsonValue }, name: MessageName, form: Form): Tree {
  const into: Tree = {};
  for (const [key, member] of Object.entries(value)) {
    const field = fieldByName(name, key);
    if (!field || member === null) continue;
    if (field.many) {
      const list = Array.isArray(member) ? member : [member];
      if (list.length > limits.repeated)
        throw new Unreadable('too_large', `more than ${limits.repeated} ${field.name}`);
      const read = list.map((one) => heldIn(one, field, form)).filter((one) => one !== absent);
      if (read.length > 0) into[field.name] = read;
      continue;
    }
    // The text form repeats a field where a document means its last value; in JSON a list is none.
    const single = form === 'text' && Array.isArray(member) ? (member.at(-1) ?? null) : member;
    const read = heldIn(single, field, form);
    if (read !== absent) into[field.name] = read;
  }
  return into;
}

/** What agencies put around their feed: `{status, response: {header, entity}}`. */
function feedIn(root: { readonly [key: string]: JsonValue }) {
  const within = isObject(root.response) && root.header === undefined ? root.response : root;
  const { header, Header, entity, entities, Entity, Entities } = within;
  return { head: header ?? Header, entity: entity ?? entities ?? Entity ?? Entities };
}

/** A feed whose fields have names: JSON in any spelling, or the tree of the text form. */
export function readNamed(root: JsonValue, form: Form): ReadFeed | Refusal {
  if (!isObject(root)) return refuse('not_protocol', 'not an object with a header');
  const { head, entity } = feedIn(root);
  const entitiesIn = entity === undefined || entity === null ? [] : Array.isArray(entity) ? entity : [entity];
  if (!isObject(head)) return refuse(entitiesIn.length > 0 ? 'schema' : 'not_protocol', 'no header');
  if (entitiesIn.length > limits.entities) return refuse('too_large', `more than ${limits.entities} entities`);
  const header = attempt(() => readMessage(head, 'FeedHeader', form) as MessageOf<'FeedHeader'>, 'header: ');
  if (isRefusal(header)) return header;
  const entities = entitiesIn.map((one, index): ReadEntity => {
    const where = `entity ${index}: `;
    if (!isObject(one)) return { id: null, refusal: refuse('schema', `${where}not an object`) };
    const read = attempt(() => readMessage(one, 'FeedEntity', form) as MessageOf<'FeedEntity'>, where);
    if (!isRefusal(read)) return read;
    return { id: typeof one.id === 'string' ? one.id.slice(0, limits.idLength) : null, refusal: read };
  });
  return { header, entities };
}
