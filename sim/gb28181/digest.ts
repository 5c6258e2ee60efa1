import { createHash } from 'node:crypto';

export type Challenge = {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: string;
  readonly qop: boolean;
};

const hashNames: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256' };

const part = (header: string, name: string): string | null =>
  new RegExp(`[\\s,]${name}=(?:"([^"]*)"|([^\\s,"]*))`, 'i')
    .exec(` ${header}`)
    ?.slice(1)
    .find((value) => value !== undefined) ?? null;

/** The first challenge that we can compute: servers name them in the order they like. */
export function chooseChallenge(headers: readonly string[]): Challenge | null {
  for (const header of headers) {
    const algorithm = (part(header, 'algorithm') ?? 'MD5').toUpperCase();
    const [realm, nonce] = [part(header, 'realm'), part(header, 'nonce')];
    if (/^\s*Digest\s/i.test(header) && algorithm in hashNames && realm !== null && nonce !== null)
      return { realm, nonce, algorithm, qop: /\bauth\b/.test(part(header, 'qop') ?? '') };
  }
  return null;
}

export type Asked = {
  readonly user: string;
  readonly password: string;
  readonly method: string;
  readonly uri: string;
  readonly count: number;
  readonly clientNonce: string;
};

/** RFC 2617 §3.2.2 and, for SHA-256, RFC 7616. */
export function authorization(
  { realm, nonce, algorithm, qop }: Challenge,
  { user, password, method, uri, count, clientNonce }: Asked,
): string {
  const h = (text: string) =>
    createHash(hashNames[algorithm] ?? 'md5')
      .update(text, 'utf8')
      .digest('hex');
  const nc = count.toString(16).padStart(8, '0');
  const a1 = h([user, realm, password].join(':'));
  const a2 = h([method, uri].join(':'));
  const response = h(qop ? [a1, nonce, nc, clientNonce, 'auth', a2].join(':') : [a1, nonce, a2].join(':'));
  const fields = [
    `username="${user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
    `algorithm=${algorithm}`,
  ];
  return `Digest ${[...fields, ...(qop ? [`cnonce="${clientNonce}"`, 'qop=auth', `nc=${nc}`] : [])].join(', ')}`;
}
