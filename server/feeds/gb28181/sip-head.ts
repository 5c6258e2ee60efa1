import { type Refusal, refuse } from '../refusal.ts';

/** RFC 3261 §7.3.3 and §20; `o`, `u`, `x` of later ones. */
const compact: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
  e: 'content-encoding',
  k: 'supported',
  s: 'subject',
  o: 'event',
  u: 'allow-events',
  x: 'session-expires',
};
const maxHeaders = 128;

export type SipStart =
  | { readonly method: string; readonly uri: string }
  | { readonly status: number; readonly reason: string };
/** Long names in lower case; values without their folding, otherwise as sent (bytes as Latin-1). */
export type SipHeader = readonly [name: string, value: string];
export type SipHead = { readonly start: SipStart; readonly headers: readonly SipHeader[] };

export const headersOf = ({ headers }: Pick<SipHead, 'headers'>, name: string): string[] =>
  headers.flatMap(([held, value]) => (held === name ? [value] : []));
export const headerOf = (head: Pick<SipHead, 'headers'>, name: string): string | null => {
  const found = head.headers.find(([held]) => held === name);
  return found ? found[1] : null;
};

const requestLine = /^([A-Za-z0-9.!%*_+`'~-]{1,32})[ \t]+(\S{1,2048})[ \t]+SIP\/(\d\.\d)[ \t]*$/;
const statusLine = /^SIP\/(\d\.\d)[ \t]+(\d{3})(?:[ \t]+(.*))?$/;
const headerLine = /^([A-Za-z0-9.!%*_+`'~-]{1,64})[ \t]*:(.*)$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these would leave their header when it is repeated in an answer
const control = /[\x00-\x08\x0b-\x1f\x7f]/;

function readStart(line: string): { start: SipStart; version: string } | null {
  const asked = requestLine.exec(line);
  if (asked)
    return { start: { method: asked[1] ?? '', uri: withoutPassword(asked[2] ?? '') }, version: asked[3] ?? '' };
  const said = statusLine.exec(line);
  return said ? { start: { status: Number(said[2]), reason: said[3] ?? '' }, version: said[1] ?? '' } : null;
}

/** `user:password@` of a SIP URI (RFC 3261 §19.1.1, which itself warns of it) is in nothing that we keep or send. */
export const withoutPassword = (value: string): string =>
  value.replace(
    /(sips?:[^\s:@;>,"]{0,128}):([^\s@;>,"]{0,128})@/gi,
    (_, user, password) => `${user}:${'*'.repeat(password.length)}@`,
  );

export type LooseHead = SipHead & { readonly fault: Refusal | null };

/** As much of a head as can be read; `fault` is the first thing wrong with it. Null where even the first line is not of SIP. */
export function readLooseHead(text: string): LooseHead | null {
  const lines = text.split(/\r?\n/);
  const first = readStart(lines[0] ?? '');
  if (!first) return null;
  let fault: Refusal | null = first.version === '2.0' ? null : refuse('unsupported', `SIP/${first.version}`, 0);
  const headers: [string, string][] = [];
  let offset = (lines[0] ?? '').length;
  for (const line of lines.slice(1)) {
    if (line === '') break;
    const last = headers.at(-1);
    if (control.test(line)) fault ??= refuse('syntax', 'a control character in a header', offset);
    else if (/^[ \t]/.test(line) && last) last[1] = `${last[1]} ${line.trim()}`.trim();
    else {
      const header = headerLine.exec(line);
      const name = (header?.[1] ?? '').toLowerCase();
      if (!header) fault ??= refuse('syntax', 'a header line without a name', offset);
      else if (headers.length >= maxHeaders) fault ??= refuse('too_large', `more than ${maxHeaders} headers`, offset);
      else headers.push([Object.hasOwn(compact, name) ? compact[name]! : name, (header[2] ?? '').trim()]);
    }
    offset += line.length + 1;
  }
  const cleaned = headers.map(([name, value]): SipHeader => [name, withoutPassword(value)]);
  return { start: first.start, headers: cleaned, fault };
}

export type SipAddress = { readonly user: string | null; readonly host: string | null; readonly tag: string | null };

/** From, To, Contact: with or without a display name and angle brackets. */
export function readAddress(value: string): SipAddress {
  const uri = /<([^<>]*)>/.exec(value)?.[1] ?? value;
  const parts = /^\s*sips?:(?:([^@\s;<>]*)@)?([^\s;?<>]+)/i.exec(uri);
  const tag = /;\s*tag\s*=\s*([^\s;,>]+)/i.exec(value)?.[1] ?? null;
  const user = parts?.[1]?.split(':')[0];
  return { user: user ? user : null, host: parts?.[2] ?? null, tag };
}
