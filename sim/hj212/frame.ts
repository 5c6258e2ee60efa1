/** HJ 212-2017 §6.3: `##`, length of the segment in four decimal digits, the segment, its checksum in four hexadecimal digits, CR LF. */

/** The routine printed in annex A, step by step: the register moves before the byte is mixed in, which is not CRC-16/MODBUS. */
export function crc16(bytes: Uint8Array): number {
  let register = 0xffff;
  for (const byte of bytes) {
    register = (register >> 8) ^ byte;
    for (let bit = 0; bit < 8; bit++) {
      const low = register & 1;
      register >>= 1;
      if (low) register ^= 0xa001;
    }
  }
  return register;
}

export const mostSegmentBytes = 1_024;

export function encodeFrame(segment: string): Buffer {
  const bytes = Buffer.from(segment, 'latin1');
  if (bytes.length > 9_999) throw new Error(`a segment of ${bytes.length} bytes cannot state its length`);
  const sum = crc16(bytes).toString(16).toUpperCase().padStart(4, '0');
  return Buffer.concat([Buffer.from(`##${String(bytes.length).padStart(4, '0')}`), bytes, Buffer.from(`${sum}\r\n`)]);
}

/** Segments of what the platform says; damaged ones are left out, so that what they answer is said again. */
export function cutFrames(buffer: Buffer): { frames: Buffer[]; rest: Buffer } {
  const frames: Buffer[] = [];
  let at = buffer.indexOf('##');
  while (at >= 0 && buffer.length >= at + 6) {
    const length = Number(buffer.toString('latin1', at + 2, at + 6));
    const end = at + 6 + length + 4;
    if (!Number.isInteger(length)) {
      at = buffer.indexOf('##', at + 2);
      continue;
    }
    if (buffer.length < end) break;
    const segment = buffer.subarray(at + 6, at + 6 + length);
    if (crc16(segment) === Number.parseInt(buffer.toString('latin1', end - 4, end), 16)) frames.push(segment);
    at = buffer.indexOf('##', end);
  }
  return { frames, rest: at < 0 ? Buffer.alloc(0) : buffer.subarray(at).subarray(-8_192) };
}
