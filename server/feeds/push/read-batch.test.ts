import { describe, expect, it } from 'vitest';
import { isRefusal } from '@/server/feeds/refusal.ts';
import { jsonLimits } from '../read-json.ts';
import { type Batch, mostRecords, readBatch } from './read-batch.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readBatch(bytes(text));
const profile = (records: string) => `{"profile":"one-network-push/1","records":${records}}`;
const values = (text: string) => (read(text) as Batch).items.map(({ value, fault }) => fault?.refused ?? value);

describe('the three forms', () => {
  it('profile object, in either order of its members', () => {
    expect(read(profile('[1,{"a":2}]'))).toMatchObject({ form: 'profile', items: [{ value: 1 }, { value: { a: 2 } }] });
    expect(read('{"records":[1],"profile":"one-network-push/1"}')).toMatchObject({ form: 'profile' });
  });
  it('bare array', () =>
    expect(read(' [ {"a":1} , null ] ')).toMatchObject({
      form: 'array',
      items: [{ value: { a: 1 } }, { value: null }],
    }));
  it('one record a line, a bad line costing only itself', () => {
    expect(read('{"a":1}\n\n{"a":\n{"a":3}\r\n')).toMatchObject({
      form: 'ndjson',
      items: [
        { value: { a: 1 }, offset: 0 },
        { fault: { refused: 'truncated', offset: 14 } },
        { value: { a: 3 }, offset: 15 },
      ],
    });
  });
  it('one record over many lines', () =>
    expect(read('{\n "a": 1\n}')).toMatchObject({ form: 'ndjson', items: [{ value: { a: 1 } }] }));
  it('an empty batch', () => expect(read('[]')).toEqual({ form: 'array', items: [] }));
  it('a byte order mark counts in offsets', () => expect(read('\ufeff[1]')).toMatchObject({ items: [{ offset: 4 }] }));
  it('offsets are bytes, not characters', () =>
    expect(read('["南京",2]')).toMatchObject({ items: [{ offset: 1 }, { offset: 10 }] }));
});

describe('what the whole body is refused for', () => {
  it.each([
    ['', 'empty'],
    ['  \n', 'empty'],
    ['hello', 'not_protocol'],
    ['"text"', 'not_protocol'],
    ['42', 'not_protocol'],
    ['[', 'truncated'],
    ['[1,', 'truncated'],
    ['[{"a"', 'truncated'],
    ['["abc', 'truncated'],
    ['[1 2]', 'syntax'],
    ['[1],', 'syntax'],
    ['[1]]', 'syntax'],
    ['[NaN]', 'syntax'],
    ['[Infinity]', 'syntax'],
    ['[01]', 'syntax'],
    ['[.5]', 'syntax'],
    ['[+1]', 'syntax'],
    ["['a']", 'syntax'],
    ['[1,]', 'syntax'],
    ['["\\x"]', 'syntax'],
    ['["\\u12G4"]', 'syntax'],
    ['["a\nb"]', 'syntax'],
    ['[undefined]', 'syntax'],
    ['{}', 'schema'],
    ['{"profile":"one-network-push/1"}', 'schema'],
    ['{"profile":"one-network-push/2","records":[]}', 'unsupported'],
    ['{"records":[]}', 'schema'],
    ['{"records":{},"profile":"one-network-push/1"}', 'schema'],
    ['{"records":[],"records":[],"profile":"one-network-push/1"}', 'schema'],
    ['{"profile":"one-network-push/1","records":[],"more":1}', 'schema'],
  ])('%j: %s', (text, reason) => expect(read(text)).toMatchObject({ refused: reason }));

  it('depth, without recursing into it', () => {
    expect(read('['.repeat(1_000_000))).toMatchObject({ refused: 'too_deep' });
    expect(read(`[${'{"a":'.repeat(500_000)}`)).toMatchObject({ refused: 'too_deep' });
    const deep = (levels: number) => `[${'['.repeat(levels)}${']'.repeat(levels)}]`;
    expect(isRefusal(read(deep(jsonLimits.depth)))).toBe(false);
    expect(read(deep(jsonLimits.depth + 1))).toMatchObject({ refused: 'too_deep' });
  });

  it('too many records or values', () => {
    expect(read(`[${'1,'.repeat(mostRecords)}1]`)).toMatchObject({ refused: 'too_large' });
    expect(read('{}\n'.repeat(mostRecords + 1))).toMatchObject({ refused: expect.stringMatching(/schema|too_large/) });
    expect(read('{"a":1}\n'.repeat(mostRecords + 1))).toMatchObject({ refused: 'too_large' });
    expect(read(`[[${'1,'.repeat(jsonLimits.values)}1]]`)).toMatchObject({ refused: 'too_large' });
  });

  it('bytes that are not UTF-8', () => {
    expect(readBatch(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]))).toMatchObject({ refused: 'encoding' });
    expect(readBatch(Buffer.from('[1]', 'utf16le'))).toMatchObject({ refused: expect.any(String) });
  });
});

describe('what costs one record only', () => {
  it('equal keys, prototype keys, half characters, NUL, numbers beyond a double', () => {
    expect(
      values(
        '[{"a":1,"a":1},{"__proto__":{"x":1}},{"constructor":1},{"a":"\\ud800"},{"a":"\\ude00\\ud83d"},{"a":"\\u0000"},{"a":1e999},{"a":1}]',
      ),
    ).toEqual(['value', 'forbidden', 'forbidden', 'encoding', 'encoding', 'value', 'value', { a: 1 }]);
    expect(values(`[{"a":${'9'.repeat(65)}},{"a":"\\ud83d\\ude00"}]`)).toEqual(['value', { a: '😀' }]);
  });

  it('leaves every prototype alone', () => {
    read('[{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('says where', () => {
    expect((read('[{"a":1},{"b":1,"b":2}]') as Batch).items[1]?.fault).toEqual({
      refused: 'value',
      detail: 'key "b" twice',
      offset: 16,
    });
  });

  it('reads what the platform’s own parser reads', () => {
    const text = '[{"a":[1,-0.5,2e3,true,false,null,"\\"\\\\\\/\\b\\f\\n\\r\\t\\u5357"],"":{"南京":{}}}]';
    expect(values(text)).toEqual(JSON.parse(text));
  });
});
