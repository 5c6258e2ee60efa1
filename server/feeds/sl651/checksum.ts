const byteTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let register = byte;
  for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >> 1) ^ 0xa001 : register >> 1;
  return register;
});

/** Table n: the effect of a byte with n more bytes behind it. Four bytes a step, because a flood of false heads makes us compute much. */
const tables = [byteTable];
for (let table = 1; table < 4; table++) {
  const before = tables[table - 1]!;
  tables.push(before.map((register) => (register >> 8) ^ byteTable[register & 0xff]!));
}
const [last, third, second, first] = tables as [Uint16Array, Uint16Array, Uint16Array, Uint16Array];

/** SL 651-2014 §6.2.4: CRC-16, x¹⁶+x¹⁵+x²+1, over everything from the start of the frame through its end character. */
export function checksum(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let register = 0xffff;
  let at = start;
  for (; at + 4 <= end; at += 4)
    register =
      first[bytes[at]! ^ (register & 0xff)]! ^
      second[bytes[at + 1]! ^ (register >> 8)]! ^
      third[bytes[at + 2]!]! ^
      last[bytes[at + 3]!]!;
  for (; at < end; at++) register = (register >> 8) ^ byteTable[(register ^ bytes[at]!) & 0xff]!;
  return register;
}
