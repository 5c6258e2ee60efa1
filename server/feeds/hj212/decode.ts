import type { QualityFlag } from '@/server/wire/record.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { commands, roleOf } from './commands.ts';
import type { Field, Group, Hj212Message, Part } from './message.ts';
import { isPassword, readSections, readSegment, type Sections } from './segment.ts';

/** What stands in place of a password in a message that is shown or kept. */
export const blank = '******';
const longestName = 64;

/** One frame → one message. Parts of a split message are messages too; `session` knows what they have in common. */
export function decode(frame: Uint8Array): Hj212Message | Refusal {
  const segment = readSegment(frame);
  if (isRefusal(segment)) return segment;
  const sections = readSections(segment.text);
  if (isRefusal(sections)) return sections;
  const { header, password } = sections;
  const wrong = wrongHeader(header);
  if (wrong) return wrong;
  const part = partOf(header);
  if (isRefusal(part)) return part;

  const flags: QualityFlag[] = segment.checksum === 'standard' ? [] : ['checksum_variant'];
  if (segment.unpadded) flags.push('length_bad');
  const { cp, torn } = readFields(sections.cp);
  if (torn) flags.push('partial');
  const flag = flagOf(header);
  if (flag === null) flags.push('enum_unknown');
  const command = header.CN!;
  return {
    command,
    name: commands[command]?.name ?? 'unknown',
    role: roleOf(
      command,
      cp.flatMap((group) => group.map(([key]) => key)),
    ),
    version: versionOf(flag ?? 0),
    wantsAnswer: ((flag ?? 0) & 1) === 1,
    part,
    header,
    cp,
    checksum: segment.checksum,
    flags,
    password,
  };
}

function wrongHeader(header: Sections['header']): Refusal | null {
  /** The answers of 2005 name the request they belong to, not the station. */
  const needed = commands[header.CN ?? '']?.kind === 'answer' ? ['ST', 'CN'] : ['ST', 'CN', 'MN'];
  for (const name of needed) if (!header[name]) return refuse('schema', `${name} is missing`, null);
  if (!/^\d{4}$/.test(header.CN!)) return refuse('value', 'CN is not four digits', null);
  if (header.ST!.length > 8) return refuse('value', 'ST is longer than a system code', null);
  if ((header.MN ?? '').length > longestName)
    return refuse('value', `MN is longer than ${longestName} characters`, null);
  return null;
}

/**
 * Whatever the flag says: packet numbers that are there count. Some senders write PNO before PNUM, and with leading zeros; some write
 * `PNUM=1;PNO=0`, or nothing, where the flag says that there is one packet.
 */
function partOf({ PNUM, PNO, Flag }: Sections['header']): Part | null | Refusal {
  if (PNUM === undefined && PNO === undefined) return null;
  const saysSingle = /^\d{1,3}$/.test(Flag ?? '') && (Number(Flag) & 2) === 0;
  if (!/^\d{1,6}$/.test(PNUM ?? '') || !/^\d{1,6}$/.test(PNO ?? '')) {
    if (saysSingle && !PNUM && !PNO) return null;
    return refuse('value', 'PNUM and PNO are not both numbers', null);
  }
  const [total, index] = [Number(PNUM), Number(PNO)];
  if (saysSingle && total <= 1 && index <= 1) return null;
  if (index < 1 || index > total) return refuse('value', `packet ${index} of ${total}`, null);
  return total === 1 ? null : { total, index };
}

/** Absent in 2005: no answer wanted. Null where it is not a number of one byte. */
function flagOf({ Flag }: Sections['header']): number | null {
  if (Flag === undefined || Flag === '') return 0;
  return /^\d{1,3}$/.test(Flag) && Number(Flag) < 256 ? Number(Flag) : null;
}

/** Bits 2–7 count editions. Surface water stations wrote 2 before it became that of 2025. */
const editions = ['2005', '2017', '2025'] as const;
const versionOf = (flag: number): Hj212Message['version'] => editions[flag >> 2] ?? 'later';

function readFields(text: string): { cp: Group[]; torn: boolean } {
  const cp: Group[] = [];
  let torn = false;
  for (const piece of text.split(';')) {
    const group: Field[] = [];
    for (const pair of piece.split(',')) {
      const equals = pair.indexOf('=');
      if (equals > 0) {
        const key = pair.slice(0, equals).trim();
        group.push([key, isPassword(key) ? blank : pair.slice(equals + 1).trim()]);
      } else if (pair.trim() !== '' && group.length > 0 && equals === -1) {
        /** A text value that holds a comma: device information does. */
        const [key, value] = group.pop()!;
        group.push([key, isPassword(key) ? blank : `${value},${pair}`]);
      } else if (pair.trim() !== '') torn = true;
    }
    if (group.length > 0) cp.push(group);
  }
  return { cp, torn };
}
