import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32 } from './crc32.ts';
import { decode } from './decode.ts';
import { archiveOf, faultsOf, read, tables } from './testing/archive.ts';
import { unzip } from './unzip.ts';

const sound = read(archiveOf());

describe('tables as agencies write them', () => {
  it.each([
    ['commas at the end of every line', (text: string) => text.replaceAll('\n', ',,\n')],
    ['old Macintosh line ends', (text: string) => text.replaceAll('\n', '\r')],
    ['line ends doubled', (text: string) => text.replaceAll('\n', '\r\r\n')],
    ['a mark before a quoted name', (text: string) => `\ufeff${text.replace(/^(\w+)/, '"$1"')}`],
    ['spaces behind commas', (text: string) => text.replaceAll(/,(?! )/g, ', ')],
  ])('%s', (_, change) => {
    const changed = Object.fromEntries(Object.entries(tables).map(([name, text]) => [name, change(text)]));
    const { counts, stops, routes, unreadable } = read(archiveOf(changed));
    expect(unreadable).toEqual([]);
    expect([counts, routes]).toEqual([sound.counts, sound.routes]);
    expect(stops.map(({ id, lonLat }) => [id, lonLat])).toEqual(sound.stops.map(({ id, lonLat }) => [id, lonLat]));
  });

  it('cells left out at the end of a row are empty', () => {
    const wider = tables['stop_times.txt']!.replace('sequence\n', 'sequence,pickup_type,drop_off_type\n');
    expect(faultsOf({ 'stop_times.txt': wider })).toEqual([]);
  });

  it('zones instead of stops, and windows instead of times', () => {
    const flexible = [
      'trip_id,stop_id,location_id,stop_sequence,start_pickup_drop_off_window,end_pickup_drop_off_window,pickup_type,drop_off_type',
      'a,,zone,1,08:00:00,18:00:00,2,1',
      'a,,zone,2,08:00:00,18:00:00,1,2',
      'b,,zone,1,08:00:00,18:00:00,2,1',
      'b,,zone,2,08:00:00,18:00:00,1,2',
      'c,,zone,1,08:00:00,18:00:00,2,1',
      'c,,zone,2,08:00:00,18:00:00,1,2\n',
    ].join('\n');
    const changes = { 'stops.txt': null, 'stop_times.txt': flexible };
    expect(decode(archiveOf(changes))).toMatchObject({ refused: 'schema' });
    expect(read(archiveOf({ ...changes, 'locations.geojson': '{}' }))).toMatchObject({
      stops: [],
      counts: { stopTimes: 6 },
      unreadable: [],
    });
  });
});

describe('archives as tools write them', () => {
  it('a second timetable in another folder is told, not mixed in', () => {
    const second = Object.fromEntries(Object.entries(tables).map(([name, text]) => [`old/${name}`, text]));
    const schedule = read(archiveOf({ ...second, 'old/feed_info.txt': null }));
    expect(schedule.counts).toEqual(sound.counts);
    expect(schedule.unreadable).toContainEqual(
      expect.objectContaining({ refused: 'conflict', detail: expect.stringContaining('"old/"') }),
    );
  });

  it('behind other bytes', () => {
    const plain = archiveOf();
    const behind = new Uint8Array([...new TextEncoder().encode('#!/bin/sh\nexit 0\n'), ...plain]);
    expect(read(behind).counts).toEqual(sound.counts);
  });

  /** One file in the form for large archives: every size is all ones, the true ones are in the extra field. */
  function wide(content: Uint8Array): Uint8Array {
    const body = deflateRawSync(content);
    const label = Buffer.from('stops.txt');
    const head = Buffer.alloc(26);
    head.writeUInt16LE(45, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(content), 10);
    head.writeUInt32LE(0xffffffff, 14);
    head.writeUInt32LE(0xffffffff, 18);
    head.writeUInt16LE(label.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, label, body]);
    const extra = Buffer.alloc(28);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    extra.writeBigUInt64LE(BigInt(content.length), 4);
    extra.writeBigUInt64LE(BigInt(body.length), 12);
    extra.writeBigUInt64LE(0n, 20);
    const entryHead = Buffer.concat([Buffer.from('PK\x01\x02\x2d\x00'), head, Buffer.alloc(14)]);
    entryHead.writeUInt16LE(extra.length, 30);
    entryHead.writeUInt32LE(0xffffffff, 42);
    const entry = Buffer.concat([entryHead, label, extra]);
    const end = Buffer.alloc(56);
    end.write('PK\x06\x06');
    end.writeBigUInt64LE(44n, 4);
    end.writeBigUInt64LE(1n, 24);
    end.writeBigUInt64LE(1n, 32);
    end.writeBigUInt64LE(BigInt(entry.length), 40);
    end.writeBigUInt64LE(BigInt(local.length), 48);
    const locator = Buffer.alloc(20);
    locator.write('PK\x06\x07');
    locator.writeBigUInt64LE(BigInt(local.length + entry.length), 8);
    const last = Buffer.alloc(22, 0xff);
    last.write('PK\x05\x06');
    last.writeUInt16LE(0, 20);
    return new Uint8Array(Buffer.concat([local, entry, end, locator, last]));
  }

  it('in the form for large ones', () => {
    const content = new TextEncoder().encode('stop_id\nS1\n');
    const archive = unzip(wide(content), new Set(['stops.txt']));
    expect('files' in archive && Buffer.from(archive.files.get('stops.txt') ?? [])).toEqual(Buffer.from(content));
    const broken = wide(content);
    broken[broken.length - 22 - 12] = 0xff;
    expect(unzip(broken, new Set(['stops.txt']))).toMatchObject({ refused: 'framing' });
  });
});
