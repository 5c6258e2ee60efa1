import { readBeijingTime } from '../bcd-time.ts';
import { ByteReader } from '../byte-reader.ts';
import { isRefusal } from '../refusal.ts';
import { locationBytes, readLocation } from '../vehicle-location.ts';
import type { Read } from './body-fields.ts';

const mediaTypes = ['image', 'audio', 'video'];
const mediaFormats = ['JPEG', 'TIF', 'MP3', 'WAV', 'WMV'];
export const mediaHead = (reader: ByteReader) => ({
  mediaId: reader.u32(),
  mediaType: mediaTypes[reader.u8()] ?? 'unknown',
  mediaFormat: mediaFormats[reader.u8()] ?? 'unknown',
  event: reader.u8(),
  channel: reader.u8(),
});

/** The head first; the location is there since 2013, and in 2011 terminals that follow the amendment: its time tells. */
export const media: Read = (reader) => {
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

export const mediaList: Read = (reader) => {
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
