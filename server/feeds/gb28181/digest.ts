import { createHash, timingSafeEqual } from 'node:crypto';

/** In the order in which they are offered (RFC 8760 §2.4: the one we prefer first). */
export const digestAlgorithms = ['SHA-256', 'MD5'] as const;
export type DigestAlgorithm = (typeof digestAlgorithms)[number];
const hashes: Readonly<Record<DigestAlgorithm, string>> = { 'SHA-256': 'sha256', MD5: 'md5' };

export type Credentials = {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly algorithm: DigestAlgorithm;
  /** The session variants hash the nonces into the password's hash. */
  readonly session: boolean;
  /** Null where the client knows RFC 2069 only. */
  readonly qop: string | null;
  readonly cnonce: string;
  readonly nc: string;
};

const parameter = /([A-Za-z][\w-]{0,31})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g;

/** Null where these are no digest credentials, or of an algorithm nobody here knows. */
export function readCredentials(header: string): Credentials | null {
  const scheme = /^Digest\s+/i.exec(header);
  if (!scheme) return null;
  const held = new Map<string, string>();
  for (const [, name = '', quoted, token] of header.slice(scheme[0].length).matchAll(parameter)) {
    const key = name.toLowerCase();
    if (!held.has(key)) held.set(key, quoted === undefined ? (token ?? '') : quoted.replace(/\\(.)/g, '$1'));
  }
  const stated = (held.get('algorithm') ?? 'MD5').toUpperCase();
  const algorithm = digestAlgorithms.find((name) => stated === name || stated === `${name}-SESS`);
  const [username, realm, nonce, uri] = ['username', 'realm', 'nonce', 'uri'].map((name) => held.get(name));
  const response = held.get('response');
  const all = [username, realm, nonce, uri, response];
  if (!algorithm || all.some((value) => value === undefined)) return null;
  const qop = held.get('qop')?.toLowerCase() || null;
  const [cnonce, nc] = [held.get('cnonce') ?? '', held.get('nc') ?? ''];
  if (qop !== null && (qop !== 'auth' || cnonce === '' || !/^[0-9a-f]{1,8}$/i.test(nc))) return null;
  const session = stated.endsWith('-SESS');
  return {
    ...{ username: username!, realm: realm!, nonce: nonce!, uri: uri!, response: response! },
    ...{ algorithm, session, qop, cnonce, nc },
  };
}

/** RFC 2617 §3.2.2, RFC 8760 §2. Texts hold bytes as Latin-1; a password is UTF-8. */
export function digestOf(credentials: Credentials, method: string, password: string): string {
  const { username, realm, nonce, uri, algorithm, session, qop, cnonce, nc } = credentials;
  const hash = (...parts: (string | Uint8Array)[]) => {
    const sum = createHash(hashes[algorithm]);
    for (const part of parts) sum.update(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
    return sum.digest('hex');
  };
  const plain = hash(`${username}:${realm}:`, Buffer.from(password, 'utf8'));
  const secret = session ? hash(`${plain}:${nonce}:${cnonce}`) : plain;
  const request = hash(`${method}:${uri}`);
  return qop === null
    ? hash(`${secret}:${nonce}:${request}`)
    : hash(`${secret}:${nonce}:${nc}:${cnonce}:${qop}:${request}`);
}

export function isRightAnswer(credentials: Credentials, method: string, password: string): boolean {
  const [right, given] = [digestOf(credentials, method, password), credentials.response.toLowerCase()];
  return right.length === given.length && timingSafeEqual(Buffer.from(right, 'latin1'), Buffer.from(given, 'latin1'));
}
