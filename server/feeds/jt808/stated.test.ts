import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { openCollection } from '../testing/collection.ts';
import type { Location } from '../vehicle-location.ts';
import { decode } from './decode.ts';
import type { Jt808Message } from './message.ts';
import { bytesOf } from './testing/vectors.ts';

/** What the sources of the collected frames assert of them, under their own names. Not part of the project. */
const collection = openCollection('jt808');

type Sample = { id: string; op?: string; hex?: string; expected?: Record<string, unknown> | null };
type Stated = { name: string; value: unknown; inHeader: boolean; place: number };

const samples: Sample[] = collection.lines('frames.jsonl');

/** The last name of each path, with the position it belongs to; of an annotated frame, each line of its table. */
function statedIn(value: unknown, path = '', place = 0): Stated[] {
  if (typeof value !== 'object' || value === null) {
    const at = /Positions\[(\d)\]/.exec(path)?.[1];
    const name = /(\w+)(?:\.Trim\w*\(.*)?$/.exec(path)?.[1] ?? path;
    return [{ name, value, inHeader: path.includes('Header'), place: at === undefined ? place : Number(at) }];
  }
  const { fields } = value as { fields?: [string, string, string][] };
  if (fields) {
    let beginnings = 0;
    return fields.map(([, name, text]) => {
      if (name === '报警标志') beginnings++;
      const inHeader = /终端手机号|^消息/.test(name);
      return { name: name.replace(/\(.*/, ''), value: text, inHeader, place: Math.max(0, beginnings - 1) };
    });
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    Array.isArray(inner)
      ? inner.flatMap((one, at) => (typeof one === 'object' ? statedIn(one, `${path}.${name}`, at) : []))
      : statedIn(inner, `${path}.${name}`, place),
  );
}

/** One source prints a batch of two twice. */
const located = ({ body }: Jt808Message, place: number): Location | undefined => {
  const batch = body.locations as Location[] | undefined;
  const at = body.location ?? batch?.[place % batch.length];
  return at && !isRefusal(at) ? at : undefined;
};
type Getter = (message: Jt808Message, place: number) => unknown;
const held =
  (...names: string[]): Getter =>
  ({ body }) =>
    names.map((name) => (body as Record<string, unknown>)[name]).find((value) => value !== undefined);
const of =
  (get: (at: Location) => unknown): Getter =>
  (message, place) => {
    const at = located(message, place);
    return at && get(at);
  };
const item = (id: string, name: string, times: number) =>
  of(({ additional }) => {
    const values = additional.items.find((one) => one.id === id)?.values as Record<string, number> | undefined;
    return values?.[name] === undefined ? undefined : Math.round(values[name] * times);
  });
const alarmFlag: Getter = (message, place) => {
  const { alarmFlags } = message.body;
  return typeof alarmFlags === 'string' ? Number.parseInt(alarmFlags, 16) : located(message, place)?.alarmFlag;
};
const statusFlag = of((at) => at.statusFlag);
const lat = of((at) => at.latRaw);
const lon = of((at) => at.lonRaw);
const altitude = of((at) => at.altitudeM);
const speed = of(({ speedKmh }) => Math.round(speedKmh * 10));
const direction = of((at) => at.directionDeg);
const time = of((at) => at.time?.slice(0, 19).replace('T', ' '));
const clock =
  (name: string): Getter =>
  ({ body }) =>
    String((body as Record<string, unknown>)[name])
      .slice(0, 19)
      .replace('T', ' ');
const serial: Getter = ({ header }) => header.serial;
const terminal: Getter = ({ header }) => header.terminal.replace(/^0+/, '');

const inHeader: Record<string, Getter> = {
  MsgId: ({ messageId }) => Number(messageId),
  消息ID: ({ messageId }) => Number(messageId),
  MsgNum: serial,
  消息流水号: serial,
  TerminalPhoneNo: terminal,
  终端手机号: terminal,
  ProtocolVersion: ({ header }) => header.protocolVersion,
};
const inBody: Record<string, Getter> = {
  ...{ AlarmFlag: alarmFlag, AlarmSign: alarmFlag, 报警标志: alarmFlag },
  ...{ StatusFlag: statusFlag, StatusSign: statusFlag, 状态标志: statusFlag },
  ...{ Lat: lat, Latitude: lat, lat, 纬度: lat, Lng: lon, Longitude: lon, lng: lon, 经度: lon },
  ...{ Altitude: altitude, height: altitude, 海拔高度: altitude },
  ...{ Speed: speed, speed, 速度: speed, Direction: direction, direction, 方向: direction },
  ...{ GPSTime: time, DateTime: time, 时间: time, time: of((at) => at.timeBcd) },
  ...{ Mileage: item('0x01', 'mileageKm', 10), '0x01': item('0x01', 'mileageKm', 10) },
  ...{ Oil: item('0x02', 'fuelL', 10), '0x02': item('0x02', 'fuelL', 10) },
  ...{ '0x03': item('0x03', 'recorderSpeedKmh', 10), '0x30': item('0x30', 'radioSignal', 1) },
  ...{ ReplyMsgNum: held('replySerial'), AckMsgNum: held('replySerial'), MsgNum: held('replySerial') },
  ...{ SerialNumber: held('replySerial'), RespondSerialNumber: held('replySerial'), AnswerID: held('answerId') },
  ...{ 应答消息流水号: held('replySerial'), 应答流水号: held('replySerial') },
  应答消息ID: (message) => Number(held('replyId')(message, 0)),
  结果: (message) => (held('result')(message, 0) === 'success' ? 0 : held('result')(message, 0)),
  ...{ Code: held('authCode'), AuthCode: held('authCode'), 鉴权码: held('authCode') },
  ...{ AreaID: held('provinceId'), ProvinceID: held('provinceId'), 省域ID: held('provinceId') },
  ...{ CityOrCountyId: held('cityId'), CityID: held('cityId'), 市县域ID: held('cityId') },
  ...{ MakerId: held('makerId'), ManufacturerID: held('makerId'), 制造商ID: held('makerId') },
  ...{ TerminalModel: held('terminalModel'), 终端型号: held('terminalModel') },
  ...{ TerminalId: held('terminalId'), TerminalID: held('terminalId'), 终端ID: held('terminalId') },
  ...{ PlateColor: held('plateColour'), 车牌颜色: held('plateColour') },
  ...{ PlateNo: held('plate'), LicensePlateNumber: held('plate'), 车牌号: held('plate') },
  ...{ Count: held('count'), Num: held('count'), 数据项个数: held('count') },
  ...{ LocationType: held('typeCode'), 位置汇报类型: held('typeCode') },
  ...{ TextInfo: held('text'), TextFlag: held('flag'), TextType: held('textType'), MultimediaId: held('mediaId') },
  RetransmitPackageCount: ({ body }) => (body.missingParts as unknown[] | undefined)?.length,
  AgainPackageCount: ({ body }) => (body.parts as unknown[] | undefined)?.length,
  ...{ OriginalSerialNumber: held('originalSerial'), CommandWord: held('command'), ControlCmd: held('command') },
  ...{ TerminalIMEI: held('imei'), SoftwareVersion: held('softwareVersion'), ChannelNo: held('channel') },
  ...{ CloseAudioVideoData: held('closeType'), StreamType: held('stream'), MediaType: held('mediaType') },
  ...{ ServerIPAddr: held('server'), TcpPort: held('tcpPort'), UdpPort: held('udpPort') },
  ...{ MemoryType: held('storage'), StorageType: held('storage'), PlaybackWay: held('replay') },
  ...{ PlaySpeed: held('speed'), StartTime: clock('from'), EndTime: clock('until') },
  ...{ FileName: held('fileName'), FileType: held('fileType'), FileSize: held('bytes') },
  ...{ TimeInterval: held('intervalS'), TrackValidity: held('forS') },
};

/** Filled up with noughts on the left by one source, which takes them off again. */
const plain = (value: unknown) => String(value).replace(/^0+(?=.)/, '');

describe.skipIf(!collection.present)('what the sources of the collected frames state', () => {
  it('is what is read', () => {
    const told = { frames: 0, values: 0, refusals: 0 };
    for (const { id, op, hex, expected } of samples) {
      if (op || !hex || !expected) continue;
      const message = decode(bytesOf(hex));
      if ('accepted' in expected) {
        expect(!isRefusal(message), id).toBe(expected.accepted);
        if (isRefusal(message)) told.refusals++;
      }
      if (isRefusal(message)) continue;
      const before = told.values;
      for (const { name, value, place, ...stated } of statedIn(expected)) {
        // Messages that the standard does not know are kept as they came.
        const body = message.body.bytes instanceof Uint8Array ? {} : inBody;
        const get: Getter | undefined = (stated.inHeader ? inHeader : body)[name];
        // Names of constants and values inside makers' own items are not numbers of the standard.
        if (!get || /^(Enums|JT808|consts)/.test(String(value))) continue;
        expect(plain(get(message, place)), `${id} ${name}`).toBe(plain(value));
        told.values++;
      }
      if (told.values > before) told.frames++;
    }
    expect(told).toEqual({ frames: 38, values: 274, refusals: 2 });
  });
});
