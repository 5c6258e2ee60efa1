/** Protocol Buffers as far as a sender needs them: fields in order, each with its tag. */
const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

export class ProtoWriter {
  readonly #parts: Buffer[] = [];

  #varint(value: bigint): this {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, value);
    do {
      const more = rest > 0x7fn;
      bytes.push(Number(rest & 0x7fn) | (more ? 0x80 : 0));
      rest >>= 7n;
    } while (rest > 0n);
    this.#parts.push(Buffer.from(bytes));
    return this;
  }

  #tag(field: number, type: number): this {
    return this.#varint((BigInt(field) << 3n) | BigInt(type));
  }

  /** Whole numbers, also negative ones, truths and enumerations. */
  whole(field: number, value: number | null): this {
    return value === null ? this : this.#tag(field, wire.varint).#varint(BigInt(value));
  }

  float(field: number, value: number | null): this {
    if (value === null) return this;
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(value);
    this.#tag(field, wire.fixed32).#parts.push(bytes);
    return this;
  }

  double(field: number, value: number | null): this {
    if (value === null) return this;
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value);
    this.#tag(field, wire.fixed64).#parts.push(bytes);
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.#tag(field, wire.bytes).#varint(BigInt(value.length)).#parts.push(Buffer.from(value));
    return this;
  }

  text(field: number, value: string | null): this {
    return value === null ? this : this.bytes(field, Buffer.from(value, 'utf8'));
  }

  message(field: number, write: ((into: ProtoWriter) => unknown) | null): this {
    if (!write) return this;
    const inner = new ProtoWriter();
    write(inner);
    return this.bytes(field, inner.finish());
  }

  finish(): Buffer {
    return Buffer.concat(this.#parts);
  }
}
