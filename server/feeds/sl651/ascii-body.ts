import { addHourArray, type BodyFields, noFields, observe } from './body-fields.ts';
import { elementNamed, hourArrayNamed, stepOf } from './elements.ts';
import { type BodyKind, stateBits, stationClasses } from './functions.ts';
import { readDecimal } from './value.ts';

/** `DRD01`, `DRH01`, `DRN05`: the step of the row that follows, in days, hours, minutes. */
const stepCode = /^DR([DHN])(\d{1,2})$/i;
const restIsText = new Set(['RGZS']);
const restIsPicture = new Set(['PIC']);

/** Identifiers and values with spaces between them (SL 651-2014 annex C); what no rule fits is kept as `trailing`. */
export function readAsciiBody(body: Uint8Array, kind: BodyKind, sendTimeBcd: string): BodyFields {
  const fields = noFields();
  const text = new TextDecoder('gb18030').decode(body);
  if (kind === 'raw' || kind === 'parameters') {
    if (text.trim() !== '') fields.trailing = text.trim();
    return fields;
  }
  const tokens = text.split(/\s+/).filter((token) => token !== '');
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at]!;
    const name = token.toUpperCase();
    const values = valuesAfter(tokens, at);
    const step = stepCode.exec(token);
    const array = hourArrayNamed(name);
    const next = tokens[at + 1];
    if (restIsText.has(name)) {
      fields.text = tokens.slice(at + 1).join(' ');
      return fields;
    }
    if (restIsPicture.has(name)) {
      fields.bytes = Uint8Array.from(Buffer.from(tokens.slice(at + 1).join(''), 'hex'));
      return fields;
    }
    if (name === 'TT' && next !== undefined) {
      observe(fields, next);
      at += 2;
    } else if (name === 'ST' && next !== undefined && /^[\da-f]{1,10}$/i.test(next)) {
      fields.reportStation = next.toUpperCase().padStart(10, '0');
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
    } else if (/^[a-z]/i.test(token) && values.length > 0) {
      addValues(fields, token, values);
      at += 1 + values.length;
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
    const token = tokens[next]!;
    if (!/^[+-]?[\d.]+$/.test(token) && !/^(m|\*+|-+|f+)$/i.test(token)) break;
    values.push(token);
  }
  return values;
}

function addValues(fields: BodyFields, token: string, values: readonly string[]): void {
  const { stepS, observeTimeBcd, observeTime } = fields;
  const identifier = elementNamed(token)?.identifier ?? token.slice(0, 64);
  values.forEach((raw, index) => {
    const decimals = /\.(\d*)/.exec(raw)?.[1]?.length ?? 0;
    const row = stepS === null ? {} : { offsetS: index * stepS, stepS };
    const value = {
      id: identifier,
      identifier,
      observeTimeBcd,
      observeTime,
      bytes: raw.length,
      decimals,
      raw,
      ...readDecimal(raw),
    };
    fields.elements.push({ ...value, ...row });
  });
}

/** The class is a letter (`H` = 48), or its code. Taken only where it is one. */
function readClass(token: string | undefined, fields: BodyFields): 0 | 1 {
  if (token === undefined) return 0;
  const code = token.length === 1 ? token.charCodeAt(0).toString(16).toUpperCase() : token.toUpperCase();
  const name = stationClasses[code];
  if (name === undefined) return 0;
  fields.stationClass = { code, name };
  return 1;
}
