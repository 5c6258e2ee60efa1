import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { readBeijingTime, readDate } from './beijing-time.ts';
import { ByteReader } from './byte-reader.ts';
import { type Header, hex, idText } from './header.ts';
import { locationBytes, readLocation } from './location.ts';
import type { BodyRead, MessageKind } from './message.ts';
import { readParameters } from './params.ts';

type Owes = MessageKind['owes'];
type Read = (reader: ByteReader, header: Header) => BodyRead | Refusal;

/** A body that ends before its last field is refused; bytes after the last field are kept and flagged. */
export const kind = (name: string, owes: Owes, read: Read): MessageKind => ({
  name,
  owes,
  read: (bytes, header) => {
    const reader = new ByteReader(bytes);
    const result = read(reader, header);
    if (isRefusal(result)) return result;
    if (reader.overran) return refuse('length', `the body of ${bytes.length} bytes ends inside a field`, bytes.length);
    if (reader.left === 0) return result;
    return {
      ...result,
      body: { ...result.body, trailing: reader.hex(reader.left) },
      flags: [...(result.flags ?? []), 'partial'],
    };
  },
});
export const fields = (read: (reader: ByteReader, header: Header) => BodyRead['body']): Read => {
  return (reader, header) => ({ body: read(reader, header) });
};
export const nothing = fields(() => ({}));

export const generalAnswer = fields((reader) => ({
  replySerial: reader.u16(),
  replyId: idText(reader.u16()),
  result: reader.u8(),
}));

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

/** 2011: maker 5, model 8, terminal 7. 2013: 5, 20, 7. 2019: 11, 30, 30. Nothing but the length tells 2011 from 2013. */
function registrationSizes(bytes: Uint8Array, { version }: Header): readonly [string, number, number, number] {
  if (version === '2019') return ['2019', 11, 30, 30];
  const chassis = bytes.length === 42 && bytes[24] === 0 && /^[\dA-Z]{17}$/.test(toAscii(bytes.subarray(25)));
  return bytes.length < 37 || chassis ? ['2011', 5, 8, 7] : ['2013', 5, 20, 7];
}
const toAscii = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

const register = fields((reader, header) => {
  const [layout, maker, model, terminal] = registrationSizes(reader.bytes, header);
  return {
    layout,
    provinceId: reader.u16(),
    cityId: reader.u16(),
    makerId: reader.text(maker),
    terminalModel: reader.text(model),
    terminalId: reader.text(terminal),
    plateColour: reader.u8(),
    plate: reader.text(reader.left),
  };
});

const authenticate = fields((reader, { version }) => {
  if (version === '2013') return { authCode: reader.text(reader.left) };
  const authCode = reader.text(reader.u8());
  return { authCode, imei: reader.text(15), softwareVersion: reader.text(20) };
});

/** 2019 keeps the maker's 5 bytes here; terminals that give it the 11 of their registration are told by the length of the body. */
function propertiesSizes({ bytes }: ByteReader, { version }: Header): readonly [number, number, number] {
  if (version === '2013') return [5, 20, 7];
  const fits = (maker: number) => {
    const hardwareAt = 2 + maker + 30 + 30 + 10;
    const firmwareAt = hardwareAt + 1 + (bytes[hardwareAt] ?? 0);
    return firmwareAt + 1 + (bytes[firmwareAt] ?? 0) + 2 === bytes.length;
  };
  return !fits(5) && fits(11) ? [11, 30, 30] : [5, 30, 30];
}

const properties = fields((reader, header) => {
  const [maker, model, terminal] = propertiesSizes(reader, header);
  return {
    terminalType: reader.u16(),
    makerId: reader.text(maker),
    terminalModel: reader.text(model),
    terminalId: reader.text(terminal),
    iccid: reader.hex(10),
    hardwareVersion: reader.text(reader.u8()),
    firmwareVersion: reader.text(reader.u8()),
    gnssProperties: reader.u8(),
    communicationProperties: reader.u8(),
  };
});

const results = ['success', 'unreadable card', 'card pulled out', 'certificate check', 'locked', 'locked'] as const;
const driver: Read = (reader, { version }) => {
  const state = reader.u8();
  const isDriverOnly = version === '2013' && state !== 1 && state !== 2;
  if (isDriverOnly) {
    /** 2011: no state in front; the first byte is the length of the name. */
    const name = reader.text(state);
    const identity = reader.text(20);
    return {
      body: { layout: '2011', name, identity, certificate: reader.text(40), authority: reader.text(reader.u8()) },
    };
  }
  const time = readBeijingTime(reader.hex(6));
  const body = { layout: version, event: state === 1 ? 'card in' : 'card out', time };
  /** The standard ends here when the card is taken out; some terminals go on. */
  if (state !== 1 && reader.left === 0) return { body };
  const card = reader.u8();
  if (card !== 0)
    return { body: { ...body, card: results[card] ?? `unknown ${card}`, trailing: reader.hex(reader.left) } };
  return {
    body: {
      ...body,
      card: results[0],
      name: reader.text(reader.u8()),
      certificate: reader.text(20),
      authority: reader.text(reader.u8()),
      validUntil: readDate(reader.hex(4)),
      ...(version === '2019' && { identity: reader.text(20) }),
    },
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

const mediaTypes = ['image', 'audio', 'video'];
const mediaFormats = ['JPEG', 'TIF', 'MP3', 'WAV', 'WMV'];
const mediaHead = (reader: ByteReader) => ({
  mediaId: reader.u32(),
  mediaType: mediaTypes[reader.u8()] ?? 'unknown',
  mediaFormat: mediaFormats[reader.u8()] ?? 'unknown',
  event: reader.u8(),
  channel: reader.u8(),
});

/** The head first; the location is there since 2013, and in 2011 terminals that follow the amendment: its time tells. */
const media: Read = (reader) => {
  const head = mediaHead(reader);
  const hasLocation = reader.left >= locationBytes && readBeijingTime(hexAt(reader, 22, 6)) !== null;
  const read = hasLocation ? readLocation(reader.take(locationBytes)) : null;
  const location = isRefusal(read) ? null : read;
  const content = reader.rest();
  const body = { ...head, location, contentBytes: content.length, content };
  return { body };
};
const hexAt = (reader: ByteReader, from: number, count: number): string =>
  new ByteReader(reader.bytes.subarray(reader.at + from)).hex(count);

const mediaList: Read = (reader) => {
  const replySerial = reader.u16();
  const count = reader.u16();
  const items = [];
  while (items.length < count && reader.left >= 7 + locationBytes)
    items.push({
      mediaId: reader.u32(),
      mediaType: mediaTypes[reader.u8()] ?? 'unknown',
      channel: reader.u8(),
      event: reader.u8(),
      location: readLocation(reader.take(locationBytes)),
    });
  return { body: { replySerial, count, media: items }, flags: items.length === count ? [] : ['partial'] };
};

export const counted = (reader: ByteReader, read: () => unknown): unknown[] => {
  const list = [];
  for (let left = reader.u8(); left > 0 && !reader.overran; left--) list.push(read());
  return list;
};

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

export function listOf16(reader: ByteReader, count: number): number[] {
  const list = [];
  while (list.length < count && !reader.overran) list.push(reader.u16());
  return list;
}
export function listOf32(reader: ByteReader, count: number): number[] {
  const list = [];
  while (list.length < count && !reader.overran) list.push(reader.u32());
  return list;
}
