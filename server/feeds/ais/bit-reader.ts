/** Six-bit values of the armour; 255 where a character is none (NMEA 0183 table of six-bit fields). */
const values = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code >= 0x30 && code <= 0x57) return code - 0x30;
  return code >= 0x60 && code <= 0x77 ? code - 0x38 : 255;
});

/** The armour of a payload as six-bit values, or where the first character is that is none. */
export function unarmour(payload: string): Uint8Array | number {
  const bits = new Uint8Array(payload.length);
  for (let at = 0; at < payload.length; at++) {
    const value = values[payload.charCodeAt(at) & 0xff]!;
    if (value === 255) return at;
    bits[at] = value;
  }
  return bits;
}

/** ITU-R M.1371 table 47: `@` (0) fills up. */
const letters = '@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !"#$%&\'()*+,-./0123456789:;<=>?';

/** Reads big-endian fields of any width. A field that is not whole is null and sets `short`; nothing is read behind it. */
export class BitReader {
  at = 0;
  short = false;
  readonly length: number;
  private readonly sixes: Uint8Array;

  constructor(sixes: Uint8Array, fill: number) {
    this.sixes = sixes;
    this.length = Math.max(0, sixes.length * 6 - fill);
  }

  get left(): number {
    return this.length - this.at;
  }

  private take(count: number): boolean {
    if (this.at + count <= this.length) return true;
    this.short = true;
    this.at = this.length;
    return false;
  }

  /** Up to 32 bits. */
  unsigned(count: number): number | null {
    if (!this.take(count)) return null;
    let value = 0;
    for (let left = count; left > 0; ) {
      const within = this.at % 6;
      const chunk = Math.min(6 - within, left);
      const six = this.sixes[(this.at - within) / 6]!;
      value = value * 2 ** chunk + ((six >> (6 - within - chunk)) & ((1 << chunk) - 1));
      this.at += chunk;
      left -= chunk;
    }
    return value;
  }

  signed(count: number): number | null {
    const value = this.unsigned(count);
    return value === null || value < 2 ** (count - 1) ? value : value - 2 ** count;
  }

  /** Text up to its first `@`; what is left of it where the message ends inside. */
  text(count: number): string | null {
    if (this.left < 6) {
      if (count >= 6) this.short = true;
      this.at = this.length;
      return null;
    }
    const whole = Math.floor(Math.min(count, this.left) / 6);
    if (count > this.left) this.short = true;
    let text = '';
    for (let letter = 0; letter < whole; letter++) text += letters[this.unsigned(6) ?? 0];
    this.at = Math.min(this.length, this.at + (count - whole * 6));
    const end = text.indexOf('@');
    return (end === -1 ? text : text.slice(0, end)).trimEnd();
  }

  /** Whole bytes as hex, the last one filled up with zeros. */
  hex(count: number): string {
    let hex = '';
    for (let left = Math.min(count, this.left); left > 0; left -= 8) {
      const taken = Math.min(8, left);
      hex += (((this.unsigned(taken) ?? 0) << (8 - taken)) & 0xff).toString(16).padStart(2, '0');
    }
    return hex;
  }

  skip(count: number): void {
    this.at = Math.min(this.length, this.at + count);
  }
}
