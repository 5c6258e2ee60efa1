import type { Protocol } from '../contract.ts';
import { answer, reject } from './answer.ts';
import { decode } from './decode.ts';
import { describe } from './describe.ts';
import { frame, maxFrameBytes } from './frame.ts';
import { map } from './map.ts';
import type { Gb28181Message } from './message.ts';
import { type Gb28181Options, gb28181Options } from './options.ts';
import { redact } from './redact.ts';
import { session } from './session.ts';

export const gb28181: Protocol<Gb28181Message, Gb28181Options> = {
  id: 'gb28181',
  title: 'GB/T 28181 video surveillance signalling',
  standard: 'GB/T 28181-2016 and -2022 §9, annexes A and E; SIP of RFC 3261',
  transports: ['udp', 'tcp'],
  options: gb28181Options,
  crs: 'wgs84',
  maxFrameBytes,
  frame,
  decode,
  redact,
  map,
  describe,
  session,
  answer,
  reject,
};
