import type { Protocol } from '../contract.ts';
import { answer, reject } from './answer.ts';
import { decode } from './decode.ts';
import { frame, maxFrameBytes } from './frame.ts';
import { map } from './map.ts';
import type { Gb26875Message } from './message.ts';
import { type Gb26875Options, gb26875Options } from './options.ts';
import { session } from './session.ts';

export const gb26875: Protocol<Gb26875Message, Gb26875Options> = {
  id: 'gb26875',
  title: 'GB/T 26875.3 remote fire monitoring',
  standard: 'GB/T 26875.3-2011',
  transports: ['tcp'],
  options: gb26875Options,
  crs: 'wgs84',
  maxFrameBytes,
  frame,
  decode,
  map,
  session,
  answer,
  reject,
};
