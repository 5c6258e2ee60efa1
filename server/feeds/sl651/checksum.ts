const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let register = byte;
  for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >> 1) ^ 0xa001 : register >> 1;
  return register;
});

/** SL 651-2014 §6.2.4: CRC-16, x¹⁶+x¹⁵+x²+1, over everything from the start of the frame through its end character. */
export function checksum(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let register = 0xffff;
  for (let at = start; at < end; at++) register = (register >> 8) ^ table[(register ^ bytes[at]!) & 0xff]!;
  return register;
}
