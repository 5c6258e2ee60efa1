import type { ByteReader } from '../byte-reader.ts';
import { toHex, toText } from '../byte-reader.ts';
import { hex } from './header.ts';

/** Terminal parameters of 0x8103 and 0x0104, those that a platform meets in daily work; the others keep their id and bytes. */
const names: Readonly<Record<number, readonly [string, 'number' | 'text']>> = {
  1: ['heartbeatS', 'number'],
  2: ['tcpReplyTimeoutS', 'number'],
  3: ['tcpRetries', 'number'],
  4: ['udpReplyTimeoutS', 'number'],
  5: ['udpRetries', 'number'],
  6: ['smsReplyTimeoutS', 'number'],
  7: ['smsRetries', 'number'],
  16: ['mainApn', 'text'],
  17: ['mainUser', 'text'],
  19: ['mainServer', 'text'],
  20: ['backupApn', 'text'],
  21: ['backupUser', 'text'],
  23: ['backupServer', 'text'],
  24: ['tcpPort', 'number'],
  25: ['udpPort', 'number'],
  26: ['cardServer', 'text'],
  27: ['cardTcpPort', 'number'],
  28: ['cardUdpPort', 'number'],
  29: ['cardBackupServer', 'text'],
  32: ['reportStrategy', 'number'],
  33: ['reportScheme', 'number'],
  34: ['reportWithoutDriverS', 'number'],
  35: ['followerApn', 'text'],
  36: ['followerUser', 'text'],
  38: ['followerServer', 'text'],
  39: ['reportAsleepS', 'number'],
  40: ['reportInEmergencyS', 'number'],
  41: ['reportS', 'number'],
  44: ['reportM', 'number'],
  45: ['reportWithoutDriverM', 'number'],
  46: ['reportAsleepM', 'number'],
  47: ['reportInEmergencyM', 'number'],
  48: ['turnAngleDeg', 'number'],
  49: ['geofenceRadiusM', 'number'],
  64: ['platformPhone', 'text'],
  65: ['resetPhone', 'text'],
  66: ['factoryResetPhone', 'text'],
  67: ['smsPhone', 'text'],
  68: ['alarmSmsPhone', 'text'],
  69: ['answerStrategy', 'number'],
  70: ['longestCallS', 'number'],
  71: ['monthlyCallS', 'number'],
  72: ['monitorPhone', 'text'],
  73: ['privilegedPhone', 'text'],
  80: ['alarmMask', 'number'],
  81: ['alarmSmsMask', 'number'],
  82: ['alarmPhotoMask', 'number'],
  83: ['alarmPhotoStoreMask', 'number'],
  84: ['keyAlarmMask', 'number'],
  85: ['maximumSpeedKmh', 'number'],
  86: ['overspeedS', 'number'],
  87: ['drivingLimitS', 'number'],
  88: ['dailyDrivingLimitS', 'number'],
  89: ['minimumRestS', 'number'],
  90: ['maximumParkingS', 'number'],
  91: ['overspeedWarningTenthKmh', 'number'],
  92: ['fatigueWarningS', 'number'],
  93: ['collision', 'number'],
  94: ['rolloverDeg', 'number'],
  100: ['timedPhotos', 'number'],
  101: ['distancePhotos', 'number'],
  112: ['imageQuality', 'number'],
  113: ['brightness', 'number'],
  114: ['contrast', 'number'],
  115: ['saturation', 'number'],
  116: ['chroma', 'number'],
  128: ['odometer', 'number'],
  129: ['provinceId', 'number'],
  130: ['cityId', 'number'],
  131: ['plate', 'text'],
  132: ['plateColour', 'number'],
  144: ['gnssMode', 'number'],
  145: ['gnssBaud', 'number'],
  146: ['gnssOutputRate', 'number'],
  147: ['gnssSamplingS', 'number'],
  148: ['gnssUploadMode', 'number'],
  149: ['gnssUploadSetting', 'number'],
  256: ['can1SamplingMs', 'number'],
  257: ['can1UploadS', 'number'],
  258: ['can2SamplingMs', 'number'],
  259: ['can2UploadS', 'number'],
};

/** Passwords (0x12, 0x16, 0x25 of 2019) and keys never leave the reader. */
const secrets = new Set([0x12, 0x16, 0x25]);

export type Parameter = {
  readonly id: string;
  readonly name: string | null;
  readonly value: string | number | null;
  readonly raw: string | null;
};

export function readParameters(reader: ByteReader, count: number): Parameter[] {
  const parameters: Parameter[] = [];
  for (let at = 0; at < count && !reader.overran; at++) {
    const id = reader.u32();
    const bytes = reader.take(reader.u8());
    if (!reader.overran) parameters.push(readParameter(id, bytes));
  }
  return parameters;
}

function readParameter(id: number, bytes: Uint8Array): Parameter {
  const [name, type] = names[id] ?? [null, null];
  const shown = `0x${hex(id, 4)}`;
  if (secrets.has(id)) return { id: shown, name: 'secret', value: null, raw: null };
  const number = type === 'number' && bytes.length > 0 && bytes.length <= 4;
  const value = number ? bytes.reduce((sum, byte) => sum * 256 + byte, 0) : type === 'text' ? toText(bytes) : null;
  return { id: shown, name, value, raw: toHex(bytes) };
}
