import type { BodyFields } from './body-fields.ts';
import { readBcd } from './value.ts';

/** What stands behind the station of 4C–4E and 50; null where it is not laid out so. Bit 0 of the first byte is number 1. */
type Read = Partial<BodyFields> | null;

const bitsOf = (bytes: Uint8Array, count: number): boolean[] =>
  Array.from({ length: count }, (_, at) => ((bytes[at >> 3]! >> (at & 7)) & 1) === 1);

/** SL 651-2014 tables 71 and 74: how many bytes, then a bit for each pump or valve. */
export function readSwitches(data: Uint8Array): Read {
  const [count = 0] = data;
  return count > 0 && data.length === count + 1 ? { switches: bitsOf(data.subarray(1), count * 8) } : null;
}

/** Table 77: how many gates, a bit for each, then two BCD bytes for each, centimetres. */
export function readGates(data: Uint8Array): Read {
  const [gates = 0] = data;
  const bytes = Math.ceil(gates / 8);
  if (gates === 0 || data.length !== 1 + bytes + gates * 2) return null;
  const openingsM = Array.from({ length: gates }, (_, at) => {
    const from = 1 + bytes + at * 2;
    return readBcd(Buffer.from(data.subarray(from, from + 2)).toString('hex'), 2).value;
  });
  return { switches: bitsOf(data.subarray(1), gates), openingsM };
}

/** Table 82: thirty-two counts of two bytes. */
export function readEvents(data: Uint8Array): Read {
  if (data.length !== 64) return null;
  return { events: Array.from({ length: 32 }, (_, at) => (data[at * 2]! << 8) | data[at * 2 + 1]!) };
}
