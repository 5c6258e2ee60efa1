import { readBeijingTime, readDate } from '../bcd-time.ts';
import type { ByteReader } from '../byte-reader.ts';
import { fields, type Read } from './body-fields.ts';
import type { Header } from './header.ts';

/** 2011: maker 5, model 8, terminal 7. 2013: 5, 20, 7. 2019: 11, 30, 30. Nothing but the length tells 2011 from 2013. */
function registrationSizes(bytes: Uint8Array, { version }: Header): readonly [string, number, number, number] {
  if (version === '2019') return ['2019', 11, 30, 30];
  const chassis = bytes.length === 42 && bytes[24] === 0 && /^[\dA-Z]{17}$/.test(toAscii(bytes.subarray(25)));
  return bytes.length < 37 || chassis ? ['2011', 5, 8, 7] : ['2013', 5, 20, 7];
}
const toAscii = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

export const register = fields((reader, header) => {
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

const imeiBytes = 15;
const softwareBytes = 20;
/** 2013: the code alone; 2019: its length, the code, IMEI and software version, which some terminals do not fill up. */
export const authenticate: Read = (reader, { version }) => {
  const plain = () => ({ authCode: reader.text(reader.left) });
  if (version === '2013') return { body: plain() };
  const [length = 0] = reader.bytes;
  const rest = reader.bytes.length - 1 - length - imeiBytes;
  if (rest < 0 && reader.bytes.every((byte) => byte >= 0x20)) return { body: plain(), flags: ['version_old'] };
  const authCode = reader.text(reader.u8());
  const imei = reader.text(imeiBytes);
  const softwareVersion = reader.text(Math.min(softwareBytes, reader.left));
  return { body: { authCode, imei, softwareVersion }, flags: rest < softwareBytes ? ['length_bad'] : [] };
};

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

export const properties = fields((reader, header) => {
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
/** Active safety terminals add how well the face fits the card, and whose picture it was. */
const faceBytes = 21;
export const driver: Read = (reader, { version }) => {
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
      ...(version === '2019' && reader.left === faceBytes && { facePercent: reader.u8(), faceId: reader.text(20) }),
    },
  };
};
