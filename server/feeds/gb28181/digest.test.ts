import { describe, expect, it } from 'vitest';
import { type Credentials, digestOf, isRightAnswer, readCredentials } from './digest.ts';
import { issuedAt, nonceFor } from './nonce.ts';

const credentials = (header: string): Credentials => {
  const read = readCredentials(header);
  if (!read) throw new Error(header);
  return read;
};

const rfc2617 =
  'Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html", qop=auth, nc=00000001, cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1", opaque="5ccc069c403ebaf9f0171e9517f40e41"';
const rfc7616 = (algorithm: string, response: string) =>
  `Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="${response}"`;

describe('digest', () => {
  it('is that of RFC 2617 §3.5', () => {
    expect(isRightAnswer(credentials(rfc2617), 'GET', 'Circle Of Life')).toBe(true);
    expect(isRightAnswer(credentials(rfc2617), 'REGISTER', 'Circle Of Life')).toBe(false);
    expect(isRightAnswer(credentials(rfc2617), 'GET', 'Circle of Life')).toBe(false);
  });

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
    ['"sha-256"', '753927FA0E85D155564E2E272A28D1802CA10DAF4496794697CF8DB5856CB6C1'],
  ])('is that of RFC 7616 §3.9.1 with %s', (algorithm, response) => {
    expect(isRightAnswer(credentials(rfc7616(algorithm, response)), 'GET', 'Circle of Life')).toBe(true);
  });

  it('knows clients without qop (RFC 2069, with its erratum)', () => {
    const header = rfc2617
      .replace(/ qop.*cnonce="0a4f113b",/, '')
      .replace(/response="[^"]*"/, 'response="1949323746fe6a43ef61f9606e7febea"');
    expect(credentials(header).qop).toBeNull();
    expect(isRightAnswer(credentials(header), 'GET', 'CircleOfLife')).toBe(true);
  });

  it('counts the nonces into the session variant', () => {
    const plain = credentials(rfc7616('MD5', '0'));
    const own = credentials(rfc7616('MD5-sess', '0'));
    expect(own).toEqual({ ...plain, session: true });
    expect(digestOf(own, 'GET', 'x')).not.toBe(digestOf(plain, 'GET', 'x'));
  });

  it.each([
    ['Basic dXNlcjpwYXNz'],
    ['Digest username="x"'],
    [rfc7616('SHA-512', '0')],
    [rfc2617.replace('qop=auth', 'qop=auth-int')],
    [rfc2617.replace('nc=00000001', 'nc=zz')],
    [rfc2617.replace('cnonce="0a4f113b", ', '')],
    ['Digest'],
    [''],
  ])('takes no credentials from %s', (header) => {
    expect(readCredentials(header)).toBeNull();
  });
});

describe('nonce', () => {
  it('says when it was given, to its owner only', () => {
    const nonce = nonceFor('peer/realm/device', 'call/1', 1_000_000);
    expect(issuedAt(nonce, 'peer/realm/device')).toBe(1_000_000);
    expect(issuedAt(nonce, 'peer/realm/other')).toBeNull();
    expect(nonceFor('peer/realm/device', 'call/2', 1_000_000)).not.toBe(nonce);
    const changed = nonce.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const forged of [changed, `1${nonce}`, `${nonce}.x`, '', 'abc', '..'])
      expect(issuedAt(forged, 'peer/realm/device')).toBeNull();
  });
});
