import { expect, it } from 'vitest';
import { fileNameOf, readingsCsv } from './readings-csv.ts';

it('writes both clocks, unit and quality, and leaves missing values empty', () => {
  const at = Date.parse('2026-07-01T23:59:58.250Z');
  const text = readingsCsv({ station: 'sl651/0010100001', name: '下关,"老"站' }, [
    {
      property: ['Z', 'Z'],
      observedAt: [at, at + 1_000],
      receivedAt: [at + 500, at + 1_750],
      value: [7.32, null],
      unit: ['m', null],
      quality: ['good', 'missing'],
    },
  ]);
  expect(text).toBe(
    '\uFEFFstation,name,property,observed_at,received_at,value,unit,quality\r\n' +
      'sl651/0010100001,"下关,""老""站",Z,2026-07-02T07:59:58.250+08:00,2026-07-02T07:59:58.750+08:00,7.32,m,good\r\n' +
      'sl651/0010100001,"下关,""老""站",Z,2026-07-02T07:59:59.250+08:00,2026-07-02T08:00:00.000+08:00,,,missing\r\n',
  );
});

it('gives a spreadsheet nothing to run', () => {
  const page = { property: ['=cmd'], observedAt: [0], receivedAt: [0], value: [-1], unit: ['@x'], quality: ['good'] };
  const [, line] = readingsCsv({ station: 'a/b', name: '+1' }, [page]).split('\r\n');
  expect(line).toContain("'+1,'=cmd,");
  expect(line).toContain(",-1,'@x,");
});

it('names files so that every system takes them', () => {
  expect(fileNameOf('下关 水位站', 'icu-bed:3/4', '20261124')).toBe('下关-水位站_icu-bed-3-4_20261124.csv');
});
