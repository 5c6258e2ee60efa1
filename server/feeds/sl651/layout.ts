/** Where the fields of a frame stand (SL 651-2014 tables 3 and 4): the same ones as bytes, or as hexadecimal characters. */
export type Form = 'hex' | 'ascii';

export const stx = 0x02;
export const syn = 0x16;
/** Ends of a frame: up ETX (last), ETB (more follow); down EOT, ENQ, ACK, NAK, ESC. */
export const ends = {
  etx: 0x03,
  eot: 0x04,
  enq: 0x05,
  ack: 0x06,
  nak: 0x15,
  etb: 0x17,
  esc: 0x1b,
} as const;
export const isEnd = (byte: number | undefined): boolean =>
  byte !== undefined && (Object.values(ends) as number[]).includes(byte);
export const endName = (byte: number): string =>
  Object.entries(ends)
    .find(([, code]) => code === byte)?.[0]
    .toUpperCase() ?? byte.toString(16);

const soh = 0x01;
const sohHex = 0x7e;
/** Some stations close a frame with half of what opens one. It is in no length. */
export const tailByte = sohHex;

type Layout = {
  /** Bytes before the body: through STX or SYN. */
  readonly head: number;
  /** The direction and length field. */
  readonly lengthAt: number;
  /** Number of packets and index, after SYN. */
  readonly part: number;
  readonly checksum: number;
};
export const layouts: Readonly<Record<Form, Layout>> = {
  /** 7e7e, centre and station 6, password 2, function 1, direction and length 2, STX. */
  hex: { head: 14, lengthAt: 11, part: 3, checksum: 2 },
  /** SOH, centre and station 12, password 4, function 2, direction and length 4, STX. */
  ascii: { head: 24, lengthAt: 19, part: 6, checksum: 4 },
};

export const longestBody = 0xfff;
export const maxFrameBytes = layouts.ascii.head + layouts.ascii.part + longestBody + 1 + layouts.ascii.checksum;

export const digitOf = (byte: number | undefined): number => {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = (byte | 0x20) - 0x61;
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
};

export function hexNumber(bytes: Uint8Array, at: number, digits: number): number | null {
  let value = 0;
  for (let index = 0; index < digits; index++) {
    const digit = digitOf(bytes[at + index]);
    if (digit === -1) return null;
    value = value * 16 + digit;
  }
  return value;
}

export type Head = {
  readonly form: Form;
  readonly direction: 'up' | 'down';
  /** The low twelve bits: bytes between the start character and the end character. */
  readonly bodyLength: number;
  /** SYN: one packet of several. */
  readonly split: boolean;
};

/**
 * The head of a frame at `at`; null where there can be none, 'maybe' where the buffer ends before that is known. Direction is 0 or 8, the
 * start character STX or SYN; in the ASCII form every byte between is a hexadecimal digit. That is all that tells a frame from chance.
 */
export function headAt(buffer: Uint8Array, at: number, end = buffer.length): Head | 'maybe' | null {
  const form: Form | null = buffer[at] === sohHex ? 'hex' : buffer[at] === soh ? 'ascii' : null;
  if (!form) return null;
  const { head, lengthAt } = layouts[form];
  const known = Math.min(end - at, head);
  if (form === 'hex' && known > 1 && buffer[at + 1] !== sohHex) return null;
  if (form === 'ascii')
    for (let index = 1; index < Math.min(known, head - 1); index++) if (digitOf(buffer[at + index]) === -1) return null;
  const nibble = form === 'hex' ? buffer[at + lengthAt]! >> 4 : digitOf(buffer[at + lengthAt]);
  if (known > lengthAt && nibble !== 0 && nibble !== 8) return null;
  const start = buffer[at + head - 1];
  if (known === head && start !== stx && start !== syn) return null;
  if (known < head) return 'maybe';
  const bodyLength =
    form === 'hex'
      ? ((buffer[at + lengthAt]! & 0x0f) << 8) | buffer[at + lengthAt + 1]!
      : hexNumber(buffer, at + lengthAt + 1, 3)!;
  return { form, direction: nibble === 0 ? 'up' : 'down', bodyLength, split: start === syn };
}

/**
 * How long a frame with this head may be. The length counts what stands between start and end character; some senders leave the packet
 * numbers out of it, so that a packet has two lengths and the checksum decides.
 */
export function lengthsOf({ form, bodyLength, split }: Head): readonly number[] {
  const { head, part, checksum } = layouts[form];
  const length = head + bodyLength + 1 + checksum;
  return split ? [length, length + part] : [length];
}

export function statedChecksum(frame: Uint8Array, form: Form, end = frame.length): number | null {
  return form === 'hex' ? (frame[end - 2]! << 8) | frame[end - 1]! : hexNumber(frame, end - 4, 4);
}
