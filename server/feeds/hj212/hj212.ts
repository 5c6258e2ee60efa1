import type { Protocol } from '../contract.ts';
import { answer } from './answer.ts';
import { decode } from './decode.ts';
import { frame, maxFrameBytes } from './frame.ts';
import { map } from './map.ts';
import type { Hj212Message } from './message.ts';
import { type Hj212Options, hj212Options } from './options.ts';
import { redact } from './redact.ts';
import { session } from './session.ts';

export const hj212: Protocol<Hj212Message, Hj212Options> = {
  id: 'hj212',
  title: 'HJ 212 pollution monitoring',
  standard: 'HJ 212-2017 §6 and HJ/T 212-2005; the three checksums in use',
  transports: ['tcp'],
  options: hj212Options,
  crs: 'wgs84',
  maxFrameBytes,
  frame,
  decode,
  redact,
  map,
  session,
  answer,
};
