import { z } from 'zod';
import type { Protocol } from '../contract.ts';
import { decode, maxFrameBytes } from './decode.ts';
import { map } from './map.ts';
import type { GtfsSchedule } from './message.ts';
import { describe } from './stations.ts';

export const gtfs: Protocol<GtfsSchedule, Record<string, never>> = {
  id: 'gtfs',
  title: 'GTFS Schedule',
  standard: 'General Transit Feed Specification: Schedule reference',
  transports: ['http-poll', 'http-push'],
  options: z.strictObject({}),
  crs: 'wgs84',
  maxFrameBytes,
  frame: (buffer) => ({ frames: buffer.length === 0 ? [] : [buffer], rest: new Uint8Array(0), noise: 0 }),
  decode,
  map,
  describe,
};
