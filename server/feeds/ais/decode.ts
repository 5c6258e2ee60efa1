import type { QualityFlag } from '@/server/wire/record.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { BitReader, unarmour } from './bit-reader.ts';
import { mmsiKey } from './codes.ts';
import type { Fields } from './fields.ts';
import type { AisMessage, AisRead, Carrier, MessageKind, OtherSentence } from './message.ts';
import { otherMessages } from './other-messages.ts';
import { positionMessages } from './position-messages.ts';
import { readSentence, type Sentence } from './sentence.ts';

const kinds: Readonly<Record<number, MessageKind>> = { ...otherMessages, ...positionMessages };

/** A message in more sentences than this would not fit into five slots. */
const mostSentences = 9;
/** Fill bits that a device forgot to state, and the odd byte behind: not worth a flag. */
const slackBits = 8;

/** One sentence → one message, or one part of one. */
export function decode(frame: Uint8Array): AisRead | Refusal {
  const sentence = readSentence(frame);
  if (isRefusal(sentence)) return sentence;
  const { formatter } = sentence;
  if (formatter !== 'VDM' && formatter !== 'VDO') return other(sentence);
  const [total, number, sequence, channel, payload, fill] = sentence.fields;
  if (payload === undefined || fill === undefined)
    return refuse('schema', `${sentence.fields.length} fields of the six of a ${formatter} sentence`, null);
  const of = readPlace(total ?? '', number ?? '');
  if (isRefusal(of)) return of;
  if (!/^[0-5]?$/.test(fill)) return refuse('value', `"${fill.slice(0, 10)}" fill bits`, null);
  const carrier = { ...carrierOf(sentence), channel: channelOf(channel ?? '') };
  const fillBits = Number(fill);
  if (of.total === 1) return readPayload(payload, fillBits, carrier);
  const name = `part ${of.number} of ${of.total}`;
  return { kind: 'part', name, ...of, sequence: sequence ?? '', payload, fill: fillBits, carrier };
}

function readPlace(total: string, number: string): { total: number; number: number } | Refusal {
  const place = { total: Number(total), number: Number(number) };
  const fits = /^\d$/.test(total) && /^\d$/.test(number) && place.number >= 1 && place.number <= place.total;
  if (fits && place.total <= mostSentences) return place;
  return refuse('value', `sentence "${number.slice(0, 10)}" of "${total.slice(0, 10)}"`, null);
}

const carrierOf = ({ talker, formatter, tag, heardAt, station }: Sentence): Carrier => ({
  talker,
  formatter,
  channel: null,
  tag,
  heardAt,
  station,
});

/** Some receivers number the channels. */
const numbered: Readonly<Record<string, string>> = { '1': 'A', '2': 'B' };
const channelOf = (channel: string): string | null =>
  channel === '' ? null : (numbered[channel] ?? channel.slice(0, 4));

export function readPayload(payload: string, fill: number, carrier: Carrier): AisMessage | Refusal {
  if (payload.length === 0) return refuse('empty', 'no payload', null);
  const sixes = unarmour(payload);
  if (typeof sixes === 'number') {
    const letter = payload.charCodeAt(sixes).toString(16);
    return refuse('encoding', `character ${sixes} of the payload (0x${letter}) is not six-bit armour`, null);
  }
  const bits = new BitReader(sixes, fill);
  const type = bits.unsigned(6) ?? 0;
  const repeat = bits.unsigned(2);
  const mmsi = bits.unsigned(30);
  if (mmsi === null || repeat === null) return refuse('truncated', `${bits.length} bits do not hold a sender`, null);
  const kind = kinds[type];
  if (!kind) return refuse('unsupported', `message type ${type}`, null);
  const [least, most] = kind.bits;
  if (bits.length < least)
    return refuse('truncated', `type ${type}, ${kind.name}: ${bits.length} bits, at least ${least}`, null);

  const flags = new Set<QualityFlag>();
  const fields: Fields = {};
  const into = { fields, flags, mmsi };
  for (const field of kind.fields) field(bits, into);
  if (bits.short) flags.add('partial');
  if (bits.length > most + slackBits) flags.add('length_bad');
  return { kind: 'message', type, name: kind.name, mmsi: mmsiKey(mmsi), repeat, fields, flags: [...flags], carrier };
}

function other(sentence: Sentence): OtherSentence {
  const { talker, formatter, fields } = sentence;
  const heardAt = formatter === 'GHP' && fields[0] === '1' ? gatehouseTime(fields) : null;
  return {
    kind: 'sentence',
    name: `sentence ${talker}${formatter}`,
    talker,
    formatter,
    heardAt,
    carrier: carrierOf(sentence),
  };
}

/** `$PGHP,1,year,month,day,hour,minute,second,millisecond,…`: written by some coast stations before each sentence they heard. */
function gatehouseTime(fields: readonly string[]): number | null {
  const parts = fields.slice(1, 8).map(Number) as [number, number, number, number, number, number, number];
  if (parts.length < 7 || parts.some((part) => !Number.isInteger(part) || part < 0)) return null;
  const [year, month, day, hour, minute, second, millisecond] = parts;
  if (year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
    return null;
  return Date.UTC(year, month - 1, day, hour, minute, second, Math.min(millisecond, 999));
}
