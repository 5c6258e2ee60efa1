import { z } from 'zod';
import type { Protocol } from '../contract.ts';
import { decode, maxFrameBytes } from './decode.ts';
import { frame } from './frame.ts';
import { map } from './map.ts';
import type { MetarDocument } from './message.ts';

export const metar: Protocol<MetarDocument, Record<string, never>> = {
  id: 'metar',
  title: 'METAR, SPECI and TAF',
  standard: 'WMO-No. 306 FM 15, FM 16, FM 51; ICAO Annex 3',
  transports: ['http-poll', 'http-push', 'tcp'],
  options: z.strictObject({}),
  crs: 'wgs84',
  maxFrameBytes,
  frame,
  decode,
  map,
};
