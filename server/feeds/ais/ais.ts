import { z } from 'zod';
import type { Protocol } from '../contract.ts';
import { decode } from './decode.ts';
import { frame, maxFrameBytes } from './frame.ts';
import { map } from './map.ts';
import type { AisRead } from './message.ts';
import { session } from './session.ts';

export const ais: Protocol<AisRead, Record<string, never>> = {
  id: 'ais',
  title: 'AIS vessels',
  standard: 'ITU-R M.1371-5 in NMEA 0183 / IEC 61162-1 sentences, tag blocks of IEC 61162-450',
  transports: ['tcp', 'udp', 'tcp-client'],
  options: z.strictObject({}),
  crs: 'wgs84',
  maxFrameBytes,
  frame,
  decode,
  map,
  session,
};
