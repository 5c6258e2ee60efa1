import type { Protocol } from '../contract.ts';
import { answer, reject } from './answer.ts';
import { decode } from './decode.ts';
import { frame, maxFrameBytes } from './frame.ts';
import { map } from './map.ts';
import type { Jt808Message } from './message.ts';
import { type Jt808Options, jt808Options } from './options.ts';
import { session } from './session.ts';

export const jt808: Protocol<Jt808Message, Jt808Options> = {
  id: 'jt808',
  title: 'JT/T 808 vehicle terminals',
  standard: 'JT/T 808-2011, -2013 and -2019; video items of JT/T 1078-2016',
  transports: ['tcp'],
  options: jt808Options,
  crs: 'wgs84',
  maxFrameBytes,
  frame,
  decode,
  map,
  session,
  answer,
  reject,
};
