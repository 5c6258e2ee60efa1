/**
 * Three algorithms go under the name of one standard. `standard` is the routine of HJ 212-2017 annex A, which shifts before it mixes the
 * byte in; `modbus` is CRC-16/MODBUS, which many implementers took instead; `modbus-swapped` is that with its bytes exchanged.
 */
export const checksumDialects = ['standard', 'modbus', 'modbus-swapped'] as const;
export type ChecksumDialect = (typeof checksumDialects)[number];

const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let register = byte;
  for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >> 1) ^ 0xa001 : register >> 1;
  return register;
});

function standard(bytes: Uint8Array): number {
  let register = 0xffff;
  for (let at = 0; at < bytes.length; at++) register = table[(register >> 8) ^ bytes[at]!]!;
  return register;
}

function modbus(bytes: Uint8Array): number {
  let register = 0xffff;
  for (let at = 0; at < bytes.length; at++) register = (register >> 8) ^ table[(register ^ bytes[at]!) & 0xff]!;
  return register;
}

const swapped = (register: number): number => ((register & 0xff) << 8) | (register >> 8);

export function checksum(segment: Uint8Array, dialect: ChecksumDialect): number {
  if (dialect === 'standard') return standard(segment);
  return dialect === 'modbus' ? modbus(segment) : swapped(modbus(segment));
}

/** By which algorithm the stated checksum is right; null where by none. */
export function dialectOf(segment: Uint8Array, stated: number): ChecksumDialect | null {
  if (standard(segment) === stated) return 'standard';
  const plain = modbus(segment);
  if (plain === stated) return 'modbus';
  return swapped(plain) === stated ? 'modbus-swapped' : null;
}

export const checksumText = (register: number): string => register.toString(16).toUpperCase().padStart(4, '0');
