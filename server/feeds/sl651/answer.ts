import type { Reply } from '../contract.ts';
import { beijingDigits } from '../source-clock.ts';
import { checksum } from './checksum.ts';
import { functions } from './functions.ts';
import { ends, stx, syn } from './layout.ts';
import type { Part, Sl651Message } from './message.ts';

/** How many missing packets are asked for at once; the rest after these have come. */
const mostAsked = 16;

type Down = {
  readonly to: Sl651Message;
  readonly serial: number;
  readonly now: number;
  readonly end: number;
  readonly part: Part | null;
};

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');

/** A frame of the centre: station before centre, the station's own password, its serial number, our time. */
function encode({ to, serial, now, end, part }: Down): Uint8Array {
  const { station, centre, form } = to.header;
  const packet = part ? hex(part.total, 3) + hex(part.index, 3) : '';
  const body = `${packet}${hex(serial, 4)}${beijingDigits(now).slice(2, 14)}`;
  const addresses = `${station}${hex(centre, 2)}${to.password.reveal()}${to.functionCode}`;
  const start = part ? syn : stx;
  if (form === 'ascii') {
    const text = `\x01${addresses}8${hex(body.length, 3)}${String.fromCharCode(start)}${body}${String.fromCharCode(end)}`;
    const bytes = Buffer.from(text, 'latin1');
    return Uint8Array.from([...bytes, ...Buffer.from(hex(checksum(bytes), 4))]);
  }
  const bytes = Buffer.from(`7E7E${addresses}8${hex(body.length / 2, 3)}${hex(start, 2)}${body}${hex(end, 2)}`, 'hex');
  return Uint8Array.from([...bytes, ...Buffer.from(hex(checksum(bytes), 4), 'hex')]);
}

/**
 * What a report is owed (modes M2 and M3): EOT or ESC when it is stored, ACK where the station says that more follow, NAK where it could
 * not be stored. The packets of a split message are confirmed once, as the whole; those that are missing after the last are asked for.
 * Keep-alives and replies to a centre's questions are not confirmed, unless they came in packets.
 */
export function answer(message: Sl651Message, { accepted, now }: Reply): Uint8Array | null {
  const { functionCode, header, packets, missing, keepOnline } = message;
  if (header.direction === 'down') return null;
  const down = { to: message, serial: message.serial ?? 0, now, part: null };
  if (header.part) {
    const { total } = header.part;
    const frames = missing
      .slice(0, mostAsked)
      .map((index) => encode({ ...down, end: ends.nak, part: { total, index } }));
    return frames.length > 0 ? Uint8Array.from(Buffer.concat(frames)) : null;
  }
  if (functions[functionCode]?.owes !== 'confirm' && packets === null) return null;
  if (!accepted) return encode({ ...down, end: ends.nak });
  if (header.end === 'ETB') return encode({ ...down, end: ends.ack });
  return encode({ ...down, end: keepOnline ? ends.esc : ends.eot });
}
