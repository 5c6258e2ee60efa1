import type { Protocol } from '../contract.ts';
import { answer } from './answer.ts';
import { decode } from './decode.ts';
import { frame, maxFrameBytes } from './frame.ts';
import { map } from './map.ts';
import type { Jt809Message } from './message.ts';
import { type Jt809Options, jt809Options } from './options.ts';
import { redact } from './redact.ts';
import { session } from './session.ts';
import { slaveLink } from './slave-link.ts';

export const jt809: Protocol<Jt809Message, Jt809Options> = {
  id: 'jt809',
  title: 'JT/T 809 between transport platforms',
  standard: 'JT/T 809-2011 and -2019, main and slave link; sub-messages of JT/T 1078-2016',
  transports: ['tcp'],
  options: jt809Options,
  crs: 'wgs84',
  maxFrameBytes,
  frame,
  decode,
  redact,
  map,
  session,
  answer,
  linkBack: slaveLink,
};
