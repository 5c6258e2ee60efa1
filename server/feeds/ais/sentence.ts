import { type Refusal, refuse } from '../refusal.ts';

export type TagBlock = {
  /** Who heard it. */
  readonly source: string | null;
  readonly destination: string | null;
  /** Sentences of one message: `1-2-1234` is the first of two of group 1234. */
  readonly group: { readonly number: number; readonly total: number; readonly id: string } | null;
  readonly line: number | null;
  readonly text: string | null;
};

export type Sentence = {
  readonly talker: string;
  readonly formatter: string;
  readonly fields: readonly string[];
  readonly tag: TagBlock | null;
  /** When a relay says that it heard it, epoch ms. */
  readonly heardAt: number | null;
  /** The station in the tag block or in the remarks behind the checksum. */
  readonly station: string | null;
};

const ascii = new TextDecoder('latin1');

export function checksum(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum ^= text.charCodeAt(at);
  return sum;
}

/** One line as NMEA 0183: the tag block (IEC 61162-450 §7), the sentence and its checksum, and remarks behind it. */
export function readSentence(frame: Uint8Array): Sentence | Refusal {
  if (frame.length === 0) return refuse('empty', 'no bytes');
  const line = ascii.decode(frame);
  const begin = line.search(/[!$]/);
  if (begin === -1) return refuse('not_protocol', 'no sentence begins with ! or $', 0);
  const tag = begin === 0 ? null : readTags(line.slice(0, begin));
  if (tag && 'refused' in tag) return tag;

  const star = line.indexOf('*', begin);
  if (star === -1) return refuse('truncated', 'ends before its checksum', line.length);
  const body = line.slice(begin + 1, star);
  const stated = line.slice(star + 1, star + 3);
  const sum = judge(body, stated, star + 1);
  if (sum) return sum;
  const fields = body.split(',');
  const address = fields[0] ?? '';
  if (!/^[A-Z][A-Z\d]{2,7}$/.test(address))
    return refuse('framing', `the address is "${address.slice(0, 20)}"`, begin + 1);
  const remarks = readRemarks(line.slice(star + 3));
  const proprietary = address.startsWith('P');
  return {
    talker: proprietary ? 'P' : address.slice(0, -3),
    formatter: proprietary ? address.slice(1) : address.slice(-3),
    fields: fields.slice(1),
    tag: tag?.block ?? null,
    heardAt: tag?.heardAt ?? remarks.heardAt,
    station: tag?.block.source ?? remarks.station,
  };
}

function judge(text: string, stated: string, offset: number): Refusal | null {
  if (!/^[\da-f]{2}$/i.test(stated)) return refuse('truncated', 'ends inside its checksum', offset);
  const computed = checksum(text);
  if (Number.parseInt(stated, 16) === computed) return null;
  return refuse('checksum', `stated ${stated}, computed ${computed.toString(16).padStart(2, '0')}`, offset);
}

type Tags = { readonly block: TagBlock; readonly heardAt: number | null };

/** One block after the other; the later one speaks where both do. */
function readTags(text: string): Tags | Refusal {
  const values: Record<string, string> = {};
  let offset = 1;
  for (const part of text.slice(1, -1).split('\\\\')) {
    const star = part.lastIndexOf('*');
    if (star === -1) return refuse('truncated', 'the tag block has no checksum', offset + part.length);
    const wrong = judge(part.slice(0, star), part.slice(star + 1), offset + star + 1);
    if (wrong) return { ...wrong, detail: `tag block: ${wrong.detail}` };
    for (const field of part.slice(0, star).split(',')) {
      const colon = field.indexOf(':');
      if (colon > 0) values[`tag ${field.slice(0, colon)}`] = field.slice(colon + 1);
    }
    offset += part.length + 2;
  }
  const of = (code: string): string | null => values[`tag ${code}`] ?? null;
  const group = /^(\d{1,2})-(\d{1,2})-(\d{1,10})$/.exec(of('g') ?? '');
  return {
    block: {
      source: of('s'),
      destination: of('d'),
      group: group && { number: Number(group[1]), total: Number(group[2]), id: group[3]! },
      line: of('n') && /^\d{1,9}$/.test(of('n')!) ? Number(of('n')) : null,
      text: of('t') ?? of('i'),
    },
    heardAt: epochOf(of('c')),
  };
}

/** Seconds, or milliseconds where the number is too large for seconds. */
export function epochOf(digits: string | null): number | null {
  if (digits === null || !/^\d{9,14}(\.\d{1,6})?$/.test(digits)) return null;
  const number = Number(digits);
  return Math.round(number < 1e11 ? number * 1000 : number);
}

/**
 * Receivers of coast guards write behind the checksum: `,s22,d-101,t005929.00,T29.1,r003669945,1325394060` or `,station,1342583221`.
 * The first number of ten digits is when; `r…` or `b…`, or the name before it, is who.
 */
function readRemarks(text: string): { heardAt: number | null; station: string | null } {
  const parts = text.split(',').map((part) => part.trim());
  const at = parts.findIndex((part) => /^\d{9,13}$/.test(part));
  const station =
    parts.find((part) => /^[rb]\d{4,}$/.test(part)) ??
    (at > 0 && /^[A-Za-z]/.test(parts[at - 1]!) ? parts[at - 1]! : null);
  return { heardAt: at === -1 ? null : epochOf(parts[at]!), station };
}
