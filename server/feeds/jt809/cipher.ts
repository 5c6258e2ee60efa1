/** What two platforms agree on, beside the key that travels in each header (JT/T 809 §4.6). Secrets: never printed. */
export type CipherKeys = { readonly ia1: number; readonly ic1: number; readonly m1: number };

/** The standard's linear generator, all in 32 bits without sign. Enciphering again deciphers. */
export function cipher(bytes: Uint8Array, key: number, { ia1, ic1, m1 }: CipherKeys): Uint8Array {
  const modulus = m1 === 0 ? 1 : m1;
  let register = key === 0 ? 1 : key;
  const result = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) {
    register = (Math.imul(ia1, register % modulus) + ic1) >>> 0;
    result[at] = bytes[at]! ^ ((register >>> 20) & 0xff);
  }
  return result;
}
