import { expect, it } from 'vitest';
import type { Station } from '@/server/domain/station.ts';
import { importParts } from './import-parts.ts';
import { readCsvFile } from './read-file.ts';

const station = (key: string, address = ''): Station => ({
  ...{ id: `s/${key}`, scheme: 's', key, kind: 'rain', name: key, department: null, lonLat: null, district: null },
  ...{ verticalDatum: 'unknown', expectedIntervalS: null, measures: [], demo: false, state: 'registered' },
  address,
});

it('cuts a register into parts that a request holds, and loses none', () => {
  const many = Array.from({ length: 5_000 }, (_, at) => station(String(at)));
  const parts = importParts(many);
  expect(parts.flat()).toEqual(many);
  expect(Math.max(...parts.map((part) => part.length))).toBe(250);
  const large = Array.from({ length: 40 }, (_, at) => station(String(at), '长'.repeat(5_000)));
  for (const part of importParts(large))
    expect(new TextEncoder().encode(JSON.stringify(part)).length).toBeLessThan(200 * 1024);
  expect(importParts(large).flat()).toEqual(large);
  expect(importParts([])).toEqual([]);
});

it('reads the encodings that spreadsheets save in', () => {
  const gbk = Uint8Array.from([0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0x31]);
  expect(readCsvFile(gbk)).toEqual({ text: '编号,1', encoding: 'gb18030' });
  expect(readCsvFile(new TextEncoder().encode('\uFEFF编号'))).toEqual({ text: '编号', encoding: 'utf-8' });
  expect(readCsvFile(Uint8Array.from([0xff, 0xfe, 0x16, 0x7f]))).toEqual({ text: '编', encoding: 'utf-16le' });
});
