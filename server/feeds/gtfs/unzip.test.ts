import { crc32 as builtIn, deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { crc32 } from './crc32.ts';
import { unzip } from './unzip.ts';

const wanted = new Set(['stops.txt']);
const content = new TextEncoder().encode('stop_id\nS1\n'.repeat(50));
const plain = zipSync({ 'stops.txt': content });

type Entry = { name?: string; packed?: Uint8Array; bytes?: number; crc?: number; method?: number; flags?: number };

/** An archive of one file, written by hand from the format's description, with whatever is to be wrong with it. */
function zipOf({ name = 'stops.txt', packed, bytes, crc, method = 8, flags = 0 }: Entry): Uint8Array {
  const body = packed ?? deflateRawSync(content);
  const label = Buffer.from(name);
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(crc ?? crc32(content), 0);
  sizes.writeUInt32LE(body.length, 4);
  sizes.writeUInt32LE(bytes ?? content.length, 8);
  const shared = Buffer.alloc(10);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(flags, 2);
  shared.writeUInt16LE(method, 4);
  const lengths = Buffer.alloc(4);
  lengths.writeUInt16LE(label.length, 0);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, sizes, lengths, label, body]);
  const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), shared, sizes, lengths, Buffer.alloc(14), label]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return new Uint8Array(Buffer.concat([local, entry, end]));
}

const outcome = (bytes: Uint8Array) => {
  const archive = unzip(bytes, wanted);
  if ('refused' in archive) return archive.refused;
  return archive.unreadable[0]?.refused ?? [...archive.files.values()].map((file) => file.length);
};

describe('archives', () => {
  it('are read, packed and stored, with a comment at the end', () => {
    expect(outcome(plain)).toEqual([content.length]);
    expect(outcome(zipOf({}))).toEqual([content.length]);
    expect(outcome(zipOf({ method: 0, packed: content }))).toEqual([content.length]);
    const remark = Uint8Array.from([...plain.slice(0, -2), 5, 0, ...Buffer.from('hello')]);
    expect(outcome(remark)).toEqual([content.length]);
  });

  it.each([
    ['a check that does not match', { crc: 1 }, 'checksum'],
    ['more in it than it says', { bytes: 10 }, 'length'],
    ['less in it than it says', { bytes: content.length + 1 }, 'length'],
    ['bytes that cannot be unpacked', { packed: new Uint8Array(40).fill(0xff) }, 'syntax'],
    ['a lock', { flags: 1 }, 'unsupported'],
    ['a method of another time', { method: 12 }, 'unsupported'],
    ['a file of gigabytes', { bytes: 3_000_000_000 }, 'too_large'],
    [
      'a bomb that says what it is',
      { packed: deflateRawSync(new Uint8Array(50_000_000)), bytes: 50_000_000 },
      'too_large',
    ],
    ['a bomb that says it is small', { packed: deflateRawSync(new Uint8Array(50_000_000)), bytes: 100 }, 'length'],
  ])('%s', (_, entry, reason) => {
    expect(outcome(zipOf(entry))).toBe(reason);
  });

  it('cut at any byte are refused', () => {
    for (let length = 0; length < plain.length; length++)
      expect(outcome(plain.subarray(0, length)), `${length}`).toMatch(/^(?:not_protocol|truncated|framing)$/);
  });

  it('of thousands of files are not begun', () => {
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`${index}.txt`, new Uint8Array(0)]));
    expect(outcome(zipSync(many))).toBe('too_large');
  });

  it('inside an archive are opened, once', () => {
    const once = zipSync({ 'export.zip': plain, 'readme.md': new Uint8Array(3) });
    expect(outcome(once)).toEqual([content.length]);
    expect(outcome(zipSync({ 'again.zip': once }))).toEqual([]);
    expect(outcome(zipSync({ 'a.zip': plain, 'b.zip': plain }))).toEqual([]);
    expect(outcome(zipSync({ 'export.zip': new Uint8Array(30) }))).toBe('not_protocol');
  });

  it('names that climb out of their folder are names', () => {
    expect(outcome(zipOf({ name: '../../etc/stops.txt' }))).toEqual([content.length]);
    expect(outcome(zipOf({ name: 'C:\\gtfs\\stops.txt' }))).toEqual([content.length]);
  });
});

it('the check is that of zip', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  if (builtIn) expect(crc32(content)).toBe(builtIn(content));
});
