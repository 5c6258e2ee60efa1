import { readBeijingTime, readUtcTime } from '../bcd-time.ts';
import type { ByteReader } from '../byte-reader.ts';
import { queryAreas, setCircles, setPolygon, setRectangles, setRoute } from './area-bodies.ts';
import { counted, fields, generalAnswer, kind, listOf16, listOf32, nothing } from './body-fields.ts';
import { hex } from './header.ts';
import type { MessageKind } from './message.ts';
import { readParameters } from './params.ts';

const raw = fields((reader) => ({ bytes: reader.rest() }));
const own = (name: string, read: Parameters<typeof kind>[2] = raw): MessageKind => kind(name, 'nothing', read);
const registrationResults = [
  'success',
  'vehicle registered',
  'no such vehicle',
  'terminal registered',
  'no such terminal',
];

const recorder = fields((reader) => ({ command: `0x${hex(reader.u8(), 2)}`, bytes: reader.rest() }));
const storedMedia = (reader: ByteReader) => ({
  mediaType: reader.u8(),
  channel: reader.u8(),
  event: reader.u8(),
  from: readBeijingTime(reader.hex(6)),
  until: readBeijingTime(reader.hex(6)),
});

/** Terminal control 1 (wireless upgrade) and 2 (connect to a server) carry a dial-up password, and 2 an authentication code. */
const secretsOf: Readonly<Record<number, readonly number[]>> = { 1: [3], 2: [1, 4] };
const withoutSecrets = (command: number, parameters: string): string =>
  parameters
    .split(';')
    .map((value, at) => (value !== '' && secretsOf[command]?.includes(at) ? '***' : value))
    .join(';');

/** What platforms send; read so that a recorded conversation can be printed from both sides. */
export const platformMessages: Readonly<Record<number, MessageKind>> = {
  32769: own('platform general answer', generalAnswer),
  32771: own(
    'platform asks for missing parts',
    fields((reader) => ({ originalSerial: reader.u16(), parts: listOf16(reader, reader.u8()) })),
  ),
  32772: own(
    'server time',
    fields((reader) => ({ time: readUtcTime(reader.hex(6)) })),
  ),
  33024: own(
    'registration answer',
    fields((reader) => {
      const replySerial = reader.u16();
      const code = reader.u8();
      const result = registrationResults[code] ?? `unknown ${code}`;
      return { replySerial, result, ...(reader.left > 0 && { authCode: reader.text(reader.left) }) };
    }),
  ),
  33027: own(
    'set terminal parameters',
    fields((reader) => ({ parameters: readParameters(reader, reader.u8()) })),
  ),
  33028: own('query terminal parameters', nothing),
  33029: own(
    'terminal control',
    fields((reader) => {
      const command = reader.u8();
      return { command, parameters: withoutSecrets(command, reader.text(reader.left)) };
    }),
  ),
  33030: own(
    'query named parameters',
    fields((reader) => ({ ids: listOf32(reader, reader.u8()).map((id) => `0x${hex(id, 4)}`) })),
  ),
  33031: own('query terminal properties', nothing),
  33032: own(
    'send upgrade',
    fields((reader) => ({
      upgradeType: reader.u8(),
      makerId: reader.text(5),
      softwareVersion: reader.text(reader.u8()),
      content: reader.take(reader.u32()),
    })),
  ),
  33281: own('query location', nothing),
  33282: own(
    'track terminal',
    fields((reader) => ({ intervalS: reader.u16(), forS: reader.left > 0 ? reader.u32() : null })),
  ),
  33283: own(
    'confirm alarm by a person',
    fields((reader) => ({ replySerial: reader.u16(), alarmMask: reader.u32() })),
  ),
  33284: own('link check', nothing),
  33536: own(
    'send text',
    fields((reader, { version }) => ({
      flag: reader.u8(),
      ...(version === '2019' && { textType: reader.u8() }),
      text: reader.text(reader.left),
    })),
  ),
  33537: own(
    'set events',
    fields((reader) => ({
      action: reader.u8(),
      events: reader.left > 0 ? counted(reader, () => ({ id: reader.u8(), text: reader.text(reader.u8()) })) : [],
    })),
  ),
  33538: own(
    'ask question',
    fields((reader) => {
      const flag = reader.u8();
      const question = reader.text(reader.u8());
      const answers = [];
      while (reader.left > 0) answers.push({ id: reader.u8(), text: reader.text(reader.u16()) });
      return { flag, question, answers };
    }),
  ),
  33539: own(
    'set information menu',
    fields((reader) => ({
      action: reader.u8(),
      topics: reader.left > 0 ? counted(reader, () => ({ type: reader.u8(), text: reader.text(reader.u16()) })) : [],
    })),
  ),
  33540: own(
    'information service',
    fields((reader) => ({ type: reader.u8(), text: reader.text(reader.u16()) })),
  ),
  33792: own(
    'call back',
    fields((reader) => ({ flag: reader.u8(), phone: reader.text(reader.left) })),
  ),
  33793: own(
    'set phone book',
    fields((reader) => ({
      action: reader.u8(),
      contacts:
        reader.left > 0
          ? counted(reader, () => ({
              flag: reader.u8(),
              phone: reader.text(reader.u8()),
              name: reader.text(reader.u8()),
            }))
          : [],
    })),
  ),
  34048: own(
    'vehicle control',
    fields((reader, { version }) => {
      if (version === '2013') return { flag: reader.u8() };
      const controls: { id: number; value: number }[] = [];
      for (let left = reader.u16(); left > 0 && !reader.overran; left--)
        controls.push({ id: reader.u16(), value: reader.u8() });
      return { controls };
    }),
  ),
  34304: own('set circular areas', setCircles),
  34305: own(
    'delete circular areas',
    fields((reader) => ({ areaIds: listOf32(reader, reader.u8()) })),
  ),
  34306: own('set rectangular areas', setRectangles),
  34307: own(
    'delete rectangular areas',
    fields((reader) => ({ areaIds: listOf32(reader, reader.u8()) })),
  ),
  34308: own('set polygonal area', setPolygon),
  34309: own(
    'delete polygonal areas',
    fields((reader) => ({ areaIds: listOf32(reader, reader.u8()) })),
  ),
  34310: own('set route', setRoute),
  34311: own(
    'delete routes',
    fields((reader) => ({ routeIds: listOf32(reader, reader.u8()) })),
  ),
  34312: own('query areas or routes', queryAreas),
  34560: own('driving recorder request', recorder),
  34561: own('set driving recorder', recorder),
  34562: own('ask for driver identity', nothing),
  34816: own(
    'media data answer',
    fields((reader) => ({
      mediaId: reader.u32(),
      missingParts: reader.left > 0 ? listOf16(reader, reader.u8()) : [],
    })),
  ),
  34817: own(
    'camera command',
    fields((reader) => ({
      channel: reader.u8(),
      command: reader.u16(),
      intervalS: reader.u16(),
      keep: reader.u8() === 1,
      resolution: reader.u8(),
      quality: reader.u8(),
      brightness: reader.u8(),
      contrast: reader.u8(),
      saturation: reader.u8(),
      chroma: reader.u8(),
    })),
  ),
  34818: own('query stored media', fields(storedMedia)),
  34819: own(
    'upload stored media',
    fields((reader) => ({ ...storedMedia(reader), deleteAfter: reader.u8() === 1 })),
  ),
  34820: own(
    'record sound',
    fields((reader) => ({
      start: reader.u8() === 1,
      forS: reader.u16(),
      keep: reader.u8() === 1,
      sampling: reader.u8(),
    })),
  ),
  34821: own(
    'upload one stored media',
    fields((reader) => ({ mediaId: reader.u32(), deleteAfter: reader.u8() === 1 })),
  ),
  35072: own(
    'transparent data to terminal',
    fields((reader) => ({ type: `0x${hex(reader.u8(), 2)}`, bytes: reader.rest() })),
  ),
  35328: own(
    'platform public key',
    fields((reader) => ({ exponent: reader.u32(), modulus: reader.hex(128) })),
  ),
};
