import type { Protocol } from '../contract.ts';
import { decode, maxFrameBytes } from './decode.ts';
import { map } from './map.ts';
import type { CsvTable } from './message.ts';
import { type CsvOptions, csvOptions } from './options.ts';

export const csv: Protocol<CsvTable, CsvOptions> = {
  id: 'csv',
  title: 'CSV of cases and capacity',
  standard: 'RFC 4180; columns after GB/T 30428 and CJJ/T 106, Chinese or English',
  transports: ['http-push', 'http-poll'],
  options: csvOptions,
  crs: 'wgs84',
  maxFrameBytes,
  frame: (buffer) => ({ frames: buffer.length === 0 ? [] : [buffer], rest: new Uint8Array(0), noise: 0 }),
  decode,
  map,
};
