import { describe, expect, it } from 'vitest';
import { device } from './device.ts';
import { authorization, chooseChallenge } from './digest.ts';
import { header, methodOf, readSip } from './sip.ts';

const settings = {
  id: '32010000001180000007',
  name: '新街口存储',
  password: 'pw',
  cameras: [],
  platform: '32010000002000000001',
  own: '127.0.0.1:5070',
};
const read = (bytes: Buffer | undefined) => readSip(bytes ?? Buffer.alloc(0))!;
const response = (status: string, to: Buffer | undefined, more = '') =>
  Buffer.from(
    `SIP/2.0 ${status}\r\nCSeq: ${header(read(to), 'CSeq')}\r\nCall-ID: ${header(read(to), 'Call-ID')}\r\n${more}Content-Length: 0\r\n\r\n`,
  );
const challenge =
  'WWW-Authenticate: Digest realm="r",nonce="n",algorithm=SHA-512,qop="auth"\r\nWWW-Authenticate: Digest realm="r", nonce="n", qop="auth"\r\n';

describe('a recorder', () => {
  it('registers, answers the first challenge it can, and knows the time', () => {
    const own = device(settings);
    const [first] = own.start();
    expect([methodOf(read(first)), header(read(first), 'Expires'), header(read(first), 'Authorization')]).toEqual([
      'REGISTER',
      '3600',
      null,
    ]);
    const [second] = own.received(response('401 Unauthorized', first, challenge), 0).send;
    expect(header(read(second), 'Authorization')).toMatch(/algorithm=MD5, cnonce="\w+", qop=auth, nc=00000001$/);
    expect(header(read(second), 'CSeq')).toBe('2 REGISTER');
    own.received(response('200 OK', second, 'Date: 2026-06-15T08:30:00.000\r\n'), 0);
    expect([own.phase(), own.platformDate()]).toEqual(['registered', '2026-06-15T08:30:00.000']);
    const [left] = own.leave();
    expect(header(read(left), 'Expires')).toBe('0');
  });

  it('is refused by a second challenge or 403', () => {
    const own = device(settings);
    const [first] = own.start();
    const [second] = own.received(response('401 Unauthorized', first, challenge), 0).send;
    expect(own.received(response('401 Unauthorized', second, challenge), 0).send).toEqual([]);
    expect(own.phase()).toBe('refused');
    const other = device(settings);
    other.received(response('403 Forbidden', other.start()[0]), 0);
    expect(other.phase()).toBe('refused');
  });

  it('answers with RFC 2617 §3.5', () => {
    const read2617 = chooseChallenge([
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"',
    ]);
    const asked = {
      user: 'Mufasa',
      password: 'Circle Of Life',
      method: 'GET',
      uri: '/dir/index.html',
      count: 1,
      clientNonce: '0a4f113b',
    };
    expect(authorization(read2617!, asked)).toContain('response="6629fae49393a05397450978507c4ef1"');
  });

  it('answers a catalogue query in parts', () => {
    const camera = { id: '1', name: '口 <A&B>', at: null, online: true, civilCode: '320102', address: '' };
    const own = device({ ...settings, cameras: [camera, camera, camera] });
    const query = Buffer.from(
      'MESSAGE sip:a@b SIP/2.0\r\nVia: x\r\nFrom: <sip:p@b>\r\nTo: <sip:a@b>\r\nCall-ID: q\r\nCSeq: 1 MESSAGE\r\n\r\n<Query><CmdType>Catalog</CmdType><SN>17</SN></Query>',
    );
    const [ok, ...parts] = own.received(query, 0).send;
    expect(read(ok).first).toBe('SIP/2.0 200 OK');
    expect(parts.map((part) => /<SN>17<[\s\S]*<SumNum>3<[\s\S]*Num="(\d)"/.exec(part.toString('latin1'))?.[1])).toEqual(
      ['2', '1'],
    );
    expect(new TextDecoder('gbk').decode(parts[0])).toContain('<Name>口 &lt;A&amp;B&gt;</Name>');
  });
});
