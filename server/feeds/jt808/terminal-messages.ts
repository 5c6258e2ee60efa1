import type { ByteReader } from '../byte-reader.ts';
import { isRefusal, refuse } from '../refusal.ts';
import { readLocation } from '../vehicle-location.ts';
import { areasAnswer } from './area-bodies.ts';
import { fields, generalAnswer, kind, listOf16, listOf32, nothing, type Read } from './body-fields.ts';
import { hex } from './header.ts';
import { authenticate, driver, properties, register } from './identity-bodies.ts';
import { media, mediaHead, mediaList } from './media-bodies.ts';
import type { BodyRead, MessageKind } from './message.ts';
import { readParameters } from './params.ts';

/** A location, alone or behind the fields in front of it. */
const located =
  (front: (reader: ByteReader) => BodyRead['body'] = () => ({})): Read =>
  (reader) => {
    const body = front(reader);
    const location = readLocation(reader.rest());
    if (isRefusal(location)) return location;
    return {
      body: { ...body, location },
      flags: location.additional.torn === null ? [] : ['partial'],
    };
  };

const batch: Read = (reader) => {
  const count = reader.u16();
  const type = reader.u8();
  const items = [];
  while (reader.left > 0 && items.length < count) {
    const length = reader.u16();
    items.push(
      length > reader.left
        ? refuse('length', `item ${items.length + 1} states ${length} bytes, there are ${reader.left}`, reader.at)
        : readLocation(reader.take(length)),
    );
    if (isRefusal(items.at(-1)) && length > reader.left) break;
  }
  const torn = items.length !== count || items.some((item) => isRefusal(item) || item.additional.torn !== null);
  return {
    body: { count, type: type === 1 ? 'backfill' : 'normal', typeCode: type, locations: items },
    flags: [...(type === 1 ? (['backfill'] as const) : []), ...(torn ? (['partial'] as const) : [])],
  };
};

const can = fields((reader) => {
  const count = reader.u16();
  const firstAt = reader.hex(5);
  const frames = [];
  while (frames.length < count && reader.left >= 12) {
    const flags = reader.u32();
    frames.push({
      channel: flags >= 0x8000_0000 ? 1 : 0,
      extended: (flags & 0x4000_0000) !== 0,
      averaged: (flags & 0x2000_0000) !== 0,
      canId: `0x${hex(flags & 0x1fff_ffff, 8)}`,
      data: reader.hex(8),
    });
  }
  return { count, firstAt, frames };
});

export const terminalMessages: Readonly<Record<number, MessageKind>> = {
  1: kind('terminal general answer', 'nothing', generalAnswer),
  2: kind('heartbeat', 'general', nothing),
  3: kind('terminal log-out', 'general', nothing),
  4: kind('query server time', 'time', nothing),
  5: kind(
    'terminal asks for missing parts',
    'general',
    fields((reader) => ({ originalSerial: reader.u16(), parts: listOf16(reader, reader.u16()) })),
  ),
  256: kind('terminal registration', 'register', register),
  258: kind('terminal authentication', 'general', authenticate),
  260: kind(
    'terminal parameters',
    'nothing',
    fields((reader) => ({ replySerial: reader.u16(), parameters: readParameters(reader, reader.u8()) })),
  ),
  263: kind('terminal properties', 'nothing', properties),
  264: kind(
    'upgrade result',
    'general',
    fields((reader) => ({ upgradeType: reader.u8(), result: reader.u8() })),
  ),
  512: kind('location report', 'general', located()),
  513: kind(
    'location answer',
    'nothing',
    located((reader) => ({ replySerial: reader.u16() })),
  ),
  769: kind(
    'event report',
    'general',
    fields((reader) => ({ eventId: reader.u8() })),
  ),
  770: kind(
    'question answer',
    'general',
    fields((reader) => ({ replySerial: reader.u16(), answerId: reader.u8() })),
  ),
  771: kind(
    'information on demand',
    'general',
    fields((reader) => ({ type: reader.u8(), action: reader.u8() === 1 ? 'subscribe' : 'cancel' })),
  ),
  1280: kind(
    'vehicle control answer',
    'nothing',
    located((reader) => ({ replySerial: reader.u16() })),
  ),
  1544: kind('areas or routes', 'nothing', areasAnswer),
  1792: kind(
    'driving recorder data',
    'nothing',
    fields((reader) => ({ replySerial: reader.u16(), command: `0x${hex(reader.u8(), 2)}`, bytes: reader.rest() })),
  ),
  1793: kind(
    'electronic waybill',
    'general',
    fields((reader) => ({ bytes: reader.take(reader.u32()) })),
  ),
  1794: kind('driver identity', 'general', driver),
  1796: kind('batch of locations', 'general', batch),
  1797: kind('CAN bus data', 'general', can),
  2048: kind('media event', 'general', fields(mediaHead)),
  2049: kind('media data', 'media', media),
  2050: kind('stored media list', 'nothing', mediaList),
  2053: kind(
    'camera answer',
    'nothing',
    fields((reader) => ({
      replySerial: reader.u16(),
      result: reader.u8(),
      mediaIds: reader.left === 0 ? [] : listOf32(reader, reader.u16()),
    })),
  ),
  2304: kind(
    'transparent data',
    'general',
    fields((reader) => ({ type: `0x${hex(reader.u8(), 2)}`, bytes: reader.rest() })),
  ),
  2305: kind(
    'compressed data',
    'general',
    fields((reader) => ({ bytes: reader.take(reader.u32()) })),
  ),
  2560: kind(
    'terminal public key',
    'general',
    fields((reader) => ({ exponent: reader.u32(), modulus: reader.hex(128) })),
  ),
};
