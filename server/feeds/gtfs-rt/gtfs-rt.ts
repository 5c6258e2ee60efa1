import type { Protocol } from '../contract.ts';
import { decode, maxFrameBytes } from './decode.ts';
import { map } from './map.ts';
import type { RtFeed } from './message.ts';
import { type GtfsRtOptions, gtfsRtOptions } from './options.ts';
import { gtfsRtSession } from './session.ts';

export const gtfsRt: Protocol<RtFeed, GtfsRtOptions> = {
  id: 'gtfs-rt',
  title: 'GTFS Realtime',
  standard: 'GTFS Realtime 2.0 (gtfs-realtime.proto); Protocol Buffers encoding, ProtoJSON, text format',
  transports: ['http-poll', 'http-push'],
  options: gtfsRtOptions,
  crs: 'wgs84',
  maxFrameBytes,
  frame: (buffer) => ({ frames: buffer.length === 0 ? [] : [buffer], rest: new Uint8Array(0), noise: 0 }),
  decode,
  map,
  session: (_options, connected) => gtfsRtSession(connected),
};
