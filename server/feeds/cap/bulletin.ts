/** Satellite and wire services send a document as a bulletin: a number, WMO heading, product name, document, end of text. */
const heading = /^\s*(?:\d{3,5}\s+)?[A-Z]{4}\d{2} [A-Z]{4} \d{6}(?: [A-Z]{3})?[ \r\n]+(?:[A-Z0-9]{4,6}[ \r\n]+)?(?=<)/;
const longestHeading = 100;
const startOfHeading = 0x01;

/** Where the document of a bulletin stands in it; all of the bytes where they are none. */
export function documentIn(bytes: Uint8Array): { readonly document: Uint8Array; readonly start: number } {
  const from = bytes[0] === startOfHeading ? 1 : 0;
  const head = String.fromCharCode(...bytes.subarray(from, longestHeading));
  const length = heading.exec(head)?.[0].length;
  if (length === undefined) return { document: bytes, start: 0 };
  const end = bytes.findLastIndex((byte) => byte > 0x20) + 1;
  return { document: bytes.subarray(from + length, end), start: from + length };
}
