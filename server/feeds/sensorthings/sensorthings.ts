import type { Protocol } from '../contract.ts';
import { decode, maxFrameBytes } from './decode.ts';
import { map } from './map.ts';
import type { SensorThingsDocument } from './message.ts';
import { type SensorThingsOptions, sensorThingsOptions } from './options.ts';

export const sensorthings: Protocol<SensorThingsDocument, SensorThingsOptions> = {
  id: 'sensorthings',
  title: 'OGC SensorThings API',
  standard: 'OGC 18-088 SensorThings API 1.1 part 1: Sensing §8, §9.3, data arrays §14; 15-078r6 (1.0)',
  transports: ['http-poll', 'http-push', 'mqtt'],
  options: sensorThingsOptions,
  crs: 'wgs84',
  maxFrameBytes,
  frame: (buffer) => ({ frames: buffer.length === 0 ? [] : [buffer], rest: new Uint8Array(0), noise: 0 }),
  decode,
  map,
};
