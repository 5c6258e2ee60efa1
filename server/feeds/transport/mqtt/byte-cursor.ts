const texts = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads the fields of a packet one after the other. What is not there reads as nothing and marks the whole as broken. */
export function createByteCursor(bytes: Uint8Array) {
  let at = 0;
  let broken = false;

  function take(count: number): Uint8Array {
    if (broken || at + count > bytes.length) {
      broken = true;
      return new Uint8Array(0);
    }
    at += count;
    return bytes.subarray(at - count, at);
  }
  const byte = (): number => take(1)[0] ?? 0;
  const short = (): number => {
    const two = take(2);
    return ((two[0] ?? 0) << 8) | (two[1] ?? 0);
  };
  const binary = (): Uint8Array => take(short());

  return {
    byte,
    short,
    binary,
    skip: (count: number): void => void take(count),
    /** UTF-8 without the null character (MQTT 5.0 §1.5.4). */
    text(): string {
      try {
        const read = texts.decode(binary());
        if (read.includes('\u0000')) broken = true;
        return broken ? '' : read;
      } catch {
        broken = true;
        return '';
      }
    },
    varint(): number {
      let value = 0;
      for (let index = 0; index < 4; index++) {
        const one = byte();
        value += (one & 0x7f) * 128 ** index;
        if (one < 0x80) return value;
      }
      broken = true;
      return 0;
    },
    rest: (): Uint8Array => take(bytes.length - at),
    left: (): number => bytes.length - at,
    /** Whoever finds a value that may not be. */
    fail(): void {
      broken = true;
    },
    isBroken: (): boolean => broken,
  };
}

export type ByteCursor = ReturnType<typeof createByteCursor>;
