import type { Protocol } from '../contract.ts';
import { answer } from './answer.ts';
import { decode } from './decode.ts';
import { frame } from './frame.ts';
import { maxFrameBytes } from './layout.ts';
import { map } from './map.ts';
import type { Sl651Message } from './message.ts';
import { type Sl651Options, sl651Options } from './options.ts';
import { redact } from './redact.ts';
import { session } from './session.ts';

export const sl651: Protocol<Sl651Message, Sl651Options> = {
  id: 'sl651',
  title: 'SL 651 hydrological telemetry',
  standard: 'SL 651-2014 §6, hexadecimal/BCD and ASCII',
  transports: ['tcp'],
  options: sl651Options,
  crs: 'wgs84',
  maxFrameBytes,
  frame,
  decode,
  redact,
  map,
  session,
  answer,
};
