import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { readAsciiBody } from './ascii-body.ts';
import { blank, noFields } from './body-fields.ts';
import { type Content, readContent } from './content.ts';
import { type BodyKind, functions, holdsPasswords } from './functions.ts';
import { readHexBody } from './hex-body.ts';
import { type Form, hexNumber, layouts } from './layout.ts';
import type { Sl651Message } from './message.ts';
import { readQuery } from './query-body.ts';
import { stationText } from './station-time.ts';

/** One frame → one message. A packet of a split message keeps its bytes; `session` puts the packets together. */
export function decode(frame: Uint8Array): Sl651Message | Refusal {
  const content = readContent(frame);
  if (isRefusal(content)) return content;
  const { part, direction } = content.header;
  /** A centre that names a packet asks for it again; that is a whole message. */
  if (!part || direction === 'down') return readBody(content);
  if (holdsPasswords(content.functionCode))
    return refuse('unsupported', 'settings, with the password among them, in several packets', null);
  const { serial, sendTimeBcd } = part.index === 1 ? (readHead(content) ?? noHead) : noHead;
  return { ...frameOf(content), serial, ...timeOf(sendTimeBcd), ...emptyBody(), bytes: content.body };
}

/** What a whole body says, of one frame or of all packets. */
export function readBody(content: Content): Sl651Message | Refusal {
  const { functionCode, header, body } = content;
  const head = readHead(content);
  if (!head) {
    const detail = `a body of ${body.length} bytes ends inside serial number and time`;
    return refuse('length', detail, layouts[header.form].head);
  }
  const { serial, sendTimeBcd } = head;
  const kind = bodyKind(functionCode, header);
  const read = header.form === 'hex' ? readHexBody : readAsciiBody;
  const rest = body.subarray(headBytes[header.form]);
  const asked = header.form === 'hex' && header.direction === 'down' ? readQuery(functionCode, rest) : null;
  const {
    observeTimeBcd: _,
    observeTime: __,
    stepS: ___,
    secrets: ____,
    station: _____,
    ...fields
  } = asked ? { ...noFields(), asked } : read(rest, kind, sendTimeBcd);
  if (fields.trailing !== null && holdsPasswords(functionCode)) fields.trailing = blank;
  const time = timeOf(sendTimeBcd);
  const flags = functions[functionCode] ? fields.flags : [...fields.flags, 'enum_unknown' as const];
  return { ...frameOf(content), serial, ...time, ...fields, flags, packets: null, missing: [] };
}

/** Settings are laid out alike in both directions; a centre's other frames are kept as they came. */
function bodyKind(functionCode: string, { direction }: Content['header']): BodyKind {
  const kind = functions[functionCode]?.body ?? 'elements';
  return direction === 'down' && kind !== 'parameters' ? 'raw' : kind;
}

/** Serial number two bytes, time six bytes. */
const headBytes: Readonly<Record<Form, number>> = { hex: 8, ascii: 16 };
type BodyHead = { readonly serial: number | null; readonly sendTimeBcd: string | null };
const noHead: BodyHead = { serial: null, sendTimeBcd: null };

function readHead({ header, body }: Content): { readonly serial: number; readonly sendTimeBcd: string } | null {
  if (body.length < headBytes[header.form]) return null;
  const bytes = Buffer.from(body.buffer, body.byteOffset, headBytes[header.form]);
  if (header.form === 'hex') return { serial: bytes.readUInt16BE(0), sendTimeBcd: bytes.toString('hex', 2, 8) };
  const serial = hexNumber(bytes, 0, 4);
  return serial === null ? null : { serial, sendTimeBcd: bytes.toString('latin1', 4, 16) };
}

const frameOf = ({ functionCode, header, password }: Content) => ({
  functionCode,
  name: functions[functionCode]?.name ?? 'unknown',
  header,
  password,
});
const timeOf = (sendTimeBcd: string | null) => ({
  sendTimeBcd,
  sendTime: sendTimeBcd === null ? null : stationText(sendTimeBcd),
});

function emptyBody() {
  const { observeTimeBcd: _, observeTime: __, stepS: ___, secrets: ____, station: _____, ...fields } = noFields();
  return { ...fields, packets: null, missing: [] };
}
