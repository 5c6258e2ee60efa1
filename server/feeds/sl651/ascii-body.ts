import { addHourArray, type BodyFields, enterStation, noFields, observe, stationOf } from './body-fields.ts';
import { elementNamed, hourArrayNamed, isCode, stepOf } from './elements.ts';
import { type BodyKind, stateBits, stationClasses } from './functions.ts';
import { readDecimal } from './value.ts';

/** `DRD01`, `DRH01`, `DRN05`: the step of the row that follows, in days, hours, minutes. */
const stepCode = /^DR([DHN])(\d{1,2})$/i;
const gb18030 = new TextDecoder('gb18030');

/** Behind PIC stands the picture in its own bytes, behind RGZS a text in its own words (§6.4.1); both go on to the end. */
const rawPart = /(?:^|\s)(PIC|RGZS)\s/i;
const space = 0x20;

function readRaw(fields: BodyFields, name: string, rest: Uint8Array): void {
  if (name === 'RGZS') {
    fields.text = gb18030.decode(rest).trim();
    return;
  }
  const end = rest.at(-1) === space ? rest.length - 1 : rest.length;
  const digits = Buffer.from(rest.subarray(0, end)).toString('latin1').trim();
  const isHex = digits.length % 2 === 0 && /^[\da-f]+$/i.test(digits);
  fields.bytes = isHex ? Uint8Array.from(Buffer.from(digits, 'hex')) : Uint8Array.from(rest.subarray(0, end));
}

/** Identifiers and values with spaces between them (SL 651-2014 annex C); what no rule fits is kept as `trailing`. */
export function readAsciiBody(body: Uint8Array, kind: BodyKind, sendTimeBcd: string): BodyFields {
  const fields = noFields();
  if (kind === 'raw' || kind === 'parameters') {
    const text = gb18030.decode(body).trim();
    if (text !== '') fields.trailing = text;
    return fields;
  }
  const raw = rawPart.exec(Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1'));
  if (raw) readRaw(fields, raw[1]!.toUpperCase(), body.subarray(raw.index + raw[0].length));
  const text = gb18030.decode(raw ? body.subarray(0, raw.index) : body);
  const tokens = text.split(/\s+/).filter((token) => token !== '');
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at]!;
    const name = token.toUpperCase();
    const step = stepCode.exec(token);
    const array = hourArrayNamed(name);
    const next = tokens[at + 1];
    const names = namesFrom(tokens, at, fields);
    if (name === 'TT' && next !== undefined) {
      observe(fields, next);
      at += 2;
    } else if (name === 'ST' && next !== undefined && /^[\da-f]{1,10}$/i.test(next)) {
      enterStation(fields, next.toUpperCase().padStart(10, '0'));
      at += 2 + readClass(tokens[at + 2], fields);
    } else if (step) {
      const [days, hours, minutes] = ['D', 'H', 'N'].map((unit) =>
        step[1]!.toUpperCase() === unit ? Number(step[2]) : 0,
      );
      fields.stepS = stepOf(days!, hours!, minutes!);
      at += 1;
    } else if (array && next !== undefined && /^[\da-f]+$/i.test(next)) {
      addHourArray(fields, array, next.match(new RegExp(`.{${array.width * 2}}`, 'g')) ?? [], sendTimeBcd);
      at += 2;
    } else if (name === 'ZT' && next !== undefined && /^[\da-f]{1,8}$/i.test(next)) {
      const bits = Number.parseInt(next, 16);
      fields.states = stateBits.filter((_, bit) => (bits >>> bit) & 1);
      at += 2;
    } else if (names.length > 0) {
      const row = valuesAfter(tokens, at + names.length - 1);
      addValues(fields, names, row);
      at += names.length + row.length;
    } else {
      fields.trailing = tokens.slice(at).join(' ');
      fields.flags.push('partial');
      return fields;
    }
  }
  return fields;
}

/** A number, or one mark that there is none (`M`, `*`, `-`); more only behind a step, as a row. */
function valuesAfter(tokens: readonly string[], at: number): string[] {
  const values: string[] = [];
  for (let next = at + 1; next < tokens.length; next++) {
    if (!isValue(tokens[next]!)) break;
    values.push(tokens[next]!);
  }
  return values;
}

const isValue = (token: string): boolean => /^[+-]?[\d.]+$/.test(token) || /^(m|\*+|-+|f+)$/i.test(token);

const isMarker = (token: string): boolean =>
  /^(?:st|tt|zt)$/i.test(token) || stepCode.test(token) || hourArrayNamed(token) !== null;

/**
 * The elements whose values begin behind the last of them: one; behind a time step as many as share it, whose values then take turns
 * (§6.6.4.4). None where no value follows.
 */
function namesFrom(tokens: readonly string[], at: number, { stepS }: BodyFields): string[] {
  const names: string[] = [];
  for (let next = at; next < tokens.length && !isValue(tokens[next]!); next++) {
    const token = tokens[next]!;
    if (!/^[a-z]/i.test(token) || (names.length > 0 && (stepS === null || isMarker(token)))) return [];
    names.push(token);
  }
  return at + names.length < tokens.length ? names : [];
}

function addValues(fields: BodyFields, names: readonly string[], values: readonly string[]): void {
  const { stepS, observeTimeBcd, observeTime } = fields;
  const identifiers = names.map((name) => elementNamed(name)?.identifier ?? name.slice(0, 64));
  values.forEach((raw, at) => {
    const identifier = identifiers[at % identifiers.length]!;
    const index = Math.floor(at / identifiers.length);
    const decimals = /\.(\d*)/.exec(raw)?.[1]?.length ?? 0;
    const read = readDecimal(raw);
    fields.elements.push({
      id: identifier,
      identifier,
      observeTimeBcd,
      observeTime,
      bytes: raw.length,
      decimals,
      raw,
      ...read,
      ...(isCode(identifier, read.value) ? { doubt: 'sentinel' as const } : {}),
      ...(stepS === null ? {} : { offsetS: index * stepS, stepS }),
      ...stationOf(fields),
    });
  });
}

/** The class is a letter (`H` = 48), or its code. Taken only where it is one. */
function readClass(token: string | undefined, fields: BodyFields): 0 | 1 {
  if (token === undefined) return 0;
  const code = token.length === 1 ? token.charCodeAt(0).toString(16).toUpperCase() : token.toUpperCase();
  const name = stationClasses[code];
  if (name === undefined) return 0;
  fields.stationClass ??= { code, name };
  return 1;
}
