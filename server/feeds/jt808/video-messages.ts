import { readBeijingTime } from '../bcd-time.ts';
import type { ByteReader } from '../byte-reader.ts';
import { readAlarmSign } from '../vehicle-assistance.ts';
import { counted, fields, kind, nothing } from './body-fields.ts';
import type { Header } from './header.ts';
import type { MessageKind } from './message.ts';

/** An end that is left open has zeros. */
const moment = (reader: ByteReader): string | null => readBeijingTime(reader.hex(6));
const between = (reader: ByteReader) => ({ from: moment(reader), until: moment(reader) });
const server = (reader: ByteReader) => ({
  server: reader.text(reader.u8()),
  tcpPort: reader.u16(),
  udpPort: reader.u16(),
});
const resource = (reader: ByteReader) => ({
  channel: reader.u8(),
  ...between(reader),
  alarmFlags: reader.hex(8),
  mediaType: reader.u8(),
  stream: reader.u8(),
  storage: reader.u8(),
});
const resources = (reader: ByteReader, count: number) => {
  const list = [];
  while (list.length < count && !reader.overran) list.push({ ...resource(reader), bytes: reader.u32() });
  return list;
};
const attachment = (reader: ByteReader) => ({ fileName: reader.text(reader.u8()), fileType: reader.u8() });

/** Terminals of 2019 have names of 30 bytes; many keep the 7 of the profile, and the length of the body tells which. */
function alarmFiles(reader: ByteReader, _: Header) {
  const fits = (terminal: number, sign: number) => {
    let at = terminal + sign + 34;
    for (let left = reader.bytes[at - 1] ?? 0; left > 0; left--) at += 5 + (reader.bytes[at] ?? 0);
    return at === reader.bytes.length;
  };
  const [terminal, sign] = !fits(7, 16) && fits(30, 40) ? [30, 40] : [7, 16];
  return {
    terminalId: reader.text(terminal),
    alarm: readAlarmSign(reader, sign),
    alarmNumber: reader.text(32),
    infoType: reader.u8(),
    files: counted(reader, () => ({ fileName: reader.text(reader.u8()), bytes: reader.u32() })),
  };
}

const own = (name: string, read: Parameters<typeof kind>[2]): MessageKind => kind(name, 'nothing', read);
const ptz = (name: string): MessageKind =>
  own(
    name,
    fields((reader) => ({ channel: reader.u8(), value: reader.u8() })),
  );

/** JT/T 1078-2016 beside the media streams, and the attachments of the active safety profile (T/JSATL 12), both sides. */
export const videoMessages: Readonly<Record<number, MessageKind>> = {
  4099: own(
    'audio and video properties',
    fields((reader) => ({
      audioCoding: reader.u8(),
      audioChannels: reader.u8(),
      audioRate: reader.u8(),
      audioBits: reader.u8(),
      audioFrameBytes: reader.u16(),
      audioOutput: reader.u8() === 1,
      videoCoding: reader.u8(),
      mostAudioChannels: reader.u8(),
      mostVideoChannels: reader.u8(),
    })),
  ),
  4101: kind(
    'passengers',
    'general',
    fields((reader) => ({ ...between(reader), boarded: reader.u16(), alighted: reader.u16() })),
  ),
  4613: own(
    'audio and video resources',
    fields((reader) => {
      const [replySerial, count] = [reader.u16(), reader.u32()];
      return { replySerial, count, resources: resources(reader, count) };
    }),
  ),
  4614: kind(
    'file upload ended',
    'general',
    fields((reader) => ({ replySerial: reader.u16(), result: reader.u8() === 0 ? 'success' : 'failure' })),
  ),
  4624: kind('alarm attachments', 'general', fields(alarmFiles)),
  4625: kind(
    'attachment begins',
    'general',
    fields((reader) => ({ ...attachment(reader), bytes: reader.u32() })),
  ),
  4626: own(
    'attachment ends',
    fields((reader) => ({ ...attachment(reader), bytes: reader.u32() })),
  ),
  36867: own('query audio and video properties', nothing),
  37121: own(
    'open live video',
    fields((reader) => ({
      ...server(reader),
      channel: reader.u8(),
      dataType: reader.u8(),
      stream: reader.u8(),
    })),
  ),
  37122: own(
    'control live video',
    fields((reader) => ({
      channel: reader.u8(),
      command: reader.u8(),
      closeType: reader.u8(),
      stream: reader.u8(),
    })),
  ),
  37125: own(
    'live video state',
    fields((reader) => ({ channel: reader.u8(), lossPercent: reader.u8() })),
  ),
  37377: own(
    'open recorded video',
    fields((reader) => ({
      ...server(reader),
      channel: reader.u8(),
      mediaType: reader.u8(),
      stream: reader.u8(),
      storage: reader.u8(),
      replay: reader.u8(),
      speed: reader.u8(),
      ...between(reader),
    })),
  ),
  37378: own(
    'control recorded video',
    fields((reader) => ({ channel: reader.u8(), command: reader.u8(), speed: reader.u8(), position: moment(reader) })),
  ),
  37381: own('query audio and video resources', fields(resource)),
  37382: own(
    'upload recorded video',
    fields((reader) => {
      const to = { server: reader.text(reader.u8()), port: reader.u16(), user: reader.text(reader.u8()) };
      reader.take(reader.u8()); // The password: passed over, never shown.
      return { ...to, path: reader.text(reader.u8()), ...resource(reader), conditions: reader.u8() };
    }),
  ),
  37383: own(
    'control upload',
    fields((reader) => ({
      replySerial: reader.u16(),
      command: ['pause', 'resume', 'cancel'][reader.u8()] ?? 'unknown',
    })),
  ),
  37384: own(
    'upload alarm attachments',
    fields((reader) => {
      const to = server(reader);
      const sign = reader.left >= 40 + 32 + 16 ? 40 : 16;
      const read = { ...to, alarm: readAlarmSign(reader, sign), alarmNumber: reader.text(32) };
      reader.take(Math.min(16, reader.left)); // Reserved.
      return read;
    }),
  ),
  37394: own(
    'attachment answer',
    fields((reader) => ({
      ...attachment(reader),
      result: reader.u8() === 0 ? 'complete' : 'parts missing',
      missing: counted(reader, () => ({ offset: reader.u32(), bytes: reader.u32() })),
    })),
  ),
  37633: own(
    'turn camera',
    fields((reader) => ({ channel: reader.u8(), direction: reader.u8(), speed: reader.u8() })),
  ),
  37634: ptz('focus camera'),
  37635: ptz('set camera aperture'),
  37636: ptz('camera wiper'),
  37637: ptz('camera infrared light'),
  37638: ptz('zoom camera'),
};
