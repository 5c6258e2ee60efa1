/** Fields of a message in ITU-R M.1371, most significant bit first, and their six-bit armour (IEC 61162-1). */
export type Field =
  | { readonly bits: number; readonly value: number }
  | { readonly characters: number; readonly text: string };

export const unsigned = (bits: number, value: number): Field => ({ bits, value: Math.round(value) });
/** Two's complement. */
export const signed = (bits: number, value: number): Field => {
  const whole = Math.round(value);
  return { bits, value: whole < 0 ? whole + 2 ** bits : whole };
};
export const text = (characters: number, value: string): Field => ({ characters, text: value });

/** Six-bit ASCII: `@` to `_` are 0–31, space to `?` 32–63; `@` fills what is left. */
function sixBit(character: string): number {
  const code = character.toUpperCase().charCodeAt(0);
  if (code >= 64 && code <= 95) return code - 64;
  return code >= 32 && code <= 63 ? code : 63;
}

const binary = (value: number, bits: number) => value.toString(2).padStart(bits, '0').slice(-bits);

export function bitString(fields: readonly Field[]): string {
  return fields
    .map((field) => {
      if ('bits' in field) return binary(field.value, field.bits);
      const padded = field.text.padEnd(field.characters, '@').slice(0, field.characters);
      return [...padded].map((character) => binary(sixBit(character), 6)).join('');
    })
    .join('');
}

export type Armoured = { readonly payload: string; readonly fillBits: number };

export function armour(bits: string): Armoured {
  const fillBits = (6 - (bits.length % 6)) % 6;
  const padded = bits + '0'.repeat(fillBits);
  let payload = '';
  for (let at = 0; at < padded.length; at += 6) {
    const value = Number.parseInt(padded.slice(at, at + 6), 2);
    payload += String.fromCharCode(value < 40 ? value + 48 : value + 56);
  }
  return { payload, fillBits };
}
