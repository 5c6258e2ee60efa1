let codes: ReadonlyMap<string, readonly [number, number]> | null = null;

/** Node reads GBK but does not write it: the double-byte area is turned round once. */
function doubleBytes(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('gbk');
  const turned = new Map<string, readonly [number, number]>();
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      if (low === 0x7f) continue;
      const text = decoder.decode(Uint8Array.of(high, low));
      if ([...text].length === 1 && text !== '\ufffd' && !turned.has(text)) turned.set(text, [high, low]);
    }
  }
  return turned;
}

/** STRING of JT/T 808 §4.2: GBK. What GBK does not hold becomes a question mark. */
export function gbk(text: string): Buffer {
  codes ??= doubleBytes();
  const known = codes;
  return Buffer.from([...text].flatMap((char) => (char < '\x80' ? [char.charCodeAt(0)] : (known.get(char) ?? [0x3f]))));
}
