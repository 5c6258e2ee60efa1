import { readStep } from './body-fields.ts';
import type { Asked } from './message.ts';
import { stationText } from './station-time.ts';

/** A time step stands among the identifiers with its value. */
const step = { id: 0x04, definition: 0x18, bytes: 3 };
const lastBasicSetting = 0x0f;
const hoursBytes = 8;

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

/**
 * What a centre asks for with 38, 3A, 41 and 43: identifiers with their definitions and no values behind them; 38 begins with the hours
 * from and to. Null where the body is not laid out so. A question about basic settings names each of them once, so that a value, and the
 * password among them, is not taken for a name.
 */
export function readQuery(functionCode: string, body: Uint8Array): Asked | null {
  if (functionCode === '38') return readInterval(body);
  if (!['3A', '41', '43'].includes(functionCode)) return null;
  const ids = readIds(body);
  if (ids === null || (functionCode === '41' && !areBasic(ids))) return null;
  return { from: null, to: null, stepS: null, ids };
}

function readInterval(body: Uint8Array): Asked | null {
  const digits = hexOf(body.subarray(0, hoursBytes));
  if (!/^\d{16}$/.test(digits)) return null;
  let at = hoursBytes;
  let stepS: number | null = null;
  if (body[at] === step.id && body[at + 1] === step.definition) {
    const text = hexOf(body.subarray(at + 2, at + 2 + step.bytes));
    if (!/^\d{6}$/.test(text)) return null;
    stepS = readStep(text);
    at += 2 + step.bytes;
  }
  const ids = readIds(body.subarray(at));
  if (ids === null) return null;
  return { from: stationText(`${digits.slice(0, 8)}00`), to: stationText(`${digits.slice(8)}00`), stepS, ids };
}

function readIds(bytes: Uint8Array): string[] | null {
  const ids: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] === 0xff ? 2 : 1;
    if (at + length + 1 > bytes.length) return null;
    ids.push(hexOf(bytes.subarray(at, at + length)));
    at += length + 1;
  }
  return ids.length > 0 ? ids : null;
}

const areBasic = (ids: readonly string[]): boolean =>
  new Set(ids).size === ids.length && ids.every((id) => id !== '00' && Number.parseInt(id, 16) <= lastBasicSetting);
