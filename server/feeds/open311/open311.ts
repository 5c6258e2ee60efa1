import type { Protocol } from '../contract.ts';
import { decode, maxFrameBytes } from './decode.ts';
import { map } from './map.ts';
import type { Open311Document } from './message.ts';
import { type Open311Options, open311Options } from './options.ts';

export const open311: Protocol<Open311Document, Open311Options> = {
  id: 'open311',
  title: 'Open311 GeoReport',
  standard: 'Open311 GeoReport v2: GET service_requests, services, service definition; errors; XML and JSON',
  transports: ['http-poll', 'http-push'],
  options: open311Options,
  crs: 'wgs84',
  maxFrameBytes,
  frame: (buffer) => ({ frames: buffer.length === 0 ? [] : [buffer], rest: new Uint8Array(0), noise: 0 }),
  decode,
  map,
};
