import type { Protocol } from '../contract.ts';
import { decode, maxFrameBytes } from './decode.ts';
import { map } from './map.ts';
import type { NgsiDocument } from './message.ts';
import { type NgsiOptions, ngsiOptions } from './options.ts';

export const ngsi: Protocol<NgsiDocument, NgsiOptions> = {
  id: 'ngsi',
  title: 'NGSI v2 and NGSI-LD',
  standard: 'ETSI GS CIM 009 (NGSI-LD) §4.5, FIWARE NGSI v2; Smart Data Models; UN/ECE Rec. 20 units',
  transports: ['http-push', 'http-poll', 'mqtt'],
  options: ngsiOptions,
  crs: 'wgs84',
  maxFrameBytes,
  frame: (buffer) => ({ frames: buffer.length === 0 ? [] : [buffer], rest: new Uint8Array(0), noise: 0 }),
  decode,
  map,
};
