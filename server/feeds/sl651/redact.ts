import { checksum } from './checksum.ts';
import { holdsPasswords } from './functions.ts';
import { readHexBody } from './hex-body.ts';
import { type Form, type Head, headAt, layouts, lengthsOf, statedChecksum } from './layout.ts';
import { readQuery } from './query-body.ts';

/** The password stands at the same place in both directions. */
const places: Readonly<
  Record<Form, { readonly password: number; readonly count: number; readonly functionAt: number }>
> = {
  hex: { password: 8, count: 2, functionAt: 10 },
  ascii: { password: 13, count: 4, functionAt: 17 },
};
/** Serial number and time. */
const bodyHead: Readonly<Record<Form, number>> = { hex: 8, ascii: 16 };

/**
 * The bytes as they may be kept: the password is zeros, also among the settings of 40, 41 and 49. Where the checksum was right it is made
 * right again, so that what is kept can be decoded again.
 */
export function redact(frame: Uint8Array): Uint8Array {
  const head = headAt(frame, 0);
  if (head === null) return frame;
  const kept = Uint8Array.from(frame);
  const form: Form = frame[0] === 0x7e ? 'hex' : 'ascii';
  const { password, count, functionAt } = places[form];
  const zero = form === 'hex' ? 0x00 : 0x30;
  kept.fill(zero, password, password + count);
  if (head === 'maybe') return kept;

  const lengths = lengthsOf(head);
  /** As `decode` sees it: bytes that are a frame as they stand are that one. */
  const possible = lengths.includes(frame.length) ? [frame.length] : lengths;
  const end = possible.find((length) => isRight(frame, length, form));
  const bodyEnd = end === undefined ? frame.length : end - layouts[form].checksum - 1;
  if (holdsPasswords(functionOf(frame, functionAt, form)))
    blankSettings(kept, bodyEnd, head, functionOf(frame, functionAt, form));
  if (end !== undefined) seal(kept, end, form);
  return kept;
}

function isRight(frame: Uint8Array, end: number, form: Form): boolean {
  return end <= frame.length && statedChecksum(frame, form, end) === checksum(frame, 0, end - layouts[form].checksum);
}

const functionOf = (frame: Uint8Array, at: number, form: Form): string =>
  Buffer.from(frame.subarray(at, at + (form === 'hex' ? 1 : 2)))
    .toString(form === 'hex' ? 'hex' : 'latin1')
    .toUpperCase();

/** In one frame setting by setting; what cannot be read as one, and what is spread over packets, is blanked whole. */
function blankSettings(kept: Uint8Array, end: number, { form, split, direction }: Head, functionCode: string): void {
  const at = layouts[form].head + (split ? layouts[form].part : 0) + bodyHead[form];
  if (form === 'ascii') kept.fill(0x2a, at, end);
  else if (split) kept.fill(unreadable, at, end);
  else if (at < end && !(direction === 'down' && readQuery(functionCode, kept.subarray(at, end))))
    for (const span of readHexBody(kept.subarray(at, end), 'parameters', '').secrets)
      kept.fill(span.readable ? 0x00 : unreadable, at + span.start, at + span.end);
}

/** What was no setting before must be none afterwards. */
const unreadable = 0xff;

function seal(kept: Uint8Array, end: number, form: Form): void {
  const sumAt = end - layouts[form].checksum;
  const sum = checksum(kept, 0, sumAt).toString(16).toUpperCase().padStart(4, '0');
  kept.set(Buffer.from(sum, form === 'hex' ? 'hex' : 'latin1'), sumAt);
}
