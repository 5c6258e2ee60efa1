/** CRC-16 of CCITT: polynomial 1021, start ffff, high bit first, nothing inverted (JT/T 809 §4.5). */
const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let register = byte << 8;
  for (let bit = 0; bit < 8; bit++) register = register & 0x8000 ? (register << 1) ^ 0x1021 : register << 1;
  return register & 0xffff;
});

export function crc(bytes: Uint8Array, end = bytes.length): number {
  let register = 0xffff;
  for (let at = 0; at < end; at++) register = ((register << 8) ^ table[(register >> 8) ^ bytes[at]!]!) & 0xffff;
  return register;
}
