import { describe, expect, it } from 'vitest';
import type { Reply } from '../contract.ts';
import { isRefusal } from '../refusal.ts';
import { answer } from './answer.ts';
import { decode } from './decode.ts';
import { digestOf, readCredentials } from './digest.ts';
import { frame } from './frame.ts';
import type { Gb28181Message } from './message.ts';
import { gb28181Options } from './options.ts';
import { session } from './session.ts';
import { camera, documents, message, recorder, registration, request, server, textOf } from './testing/vectors.ts';

const password = 'pw of 7';
const peer = '10.0.0.2:40000';
const start = Date.parse('2026-06-15T00:30:00.250Z');

/** A peer as a transport runs it. */
function line(settings: Record<string, unknown> = { password }) {
  const own = session(gb28181Options.parse(settings), true);
  let state = own.start;
  let now = start;
  const said: string[] = [];
  return {
    said,
    later: (ms: number) => {
      now += ms;
    },
    end: () => own.end(state),
    tell(bytes: Uint8Array, stored = true) {
      const read = decode(bytes);
      if (isRefusal(read)) throw new Error(read.detail);
      const step = own.step(state, read, now);
      state = step.state;
      said.push(...step.expired.map((one) => one.detail));
      const reply: Reply = { serial: 0, accepted: stored && !step.refusal, now, peer };
      const answered = step.refusal
        ? answer(read, reply)
        : answer((step.message ?? step.answering ?? read) as Gb28181Message, reply);
      const heard = answered ? frame(answered).frames.map(textOf) : [];
      return { message: step.message as Gb28181Message | null, refusal: step.refusal, heard, answer: heard[0] ?? '' };
    },
  };
}

type Try = {
  readonly deviceId?: string;
  readonly password?: string;
  readonly nc?: string | null;
  readonly sequence?: number;
  readonly headers?: string[];
  readonly algorithm?: string;
};

function answerTo(
  challenge: string,
  {
    deviceId = recorder,
    password: given = password,
    nc = '00000001',
    sequence = 2,
    headers = [],
    algorithm = 'MD5',
  }: Try = {},
) {
  const nonce = /nonce="([^"]+)"/.exec(challenge)?.[1] ?? '';
  const rest = nc === null ? '' : `, qop=auth, nc=${nc}, cnonce="c"`;
  const header = (response: string) =>
    `Digest username="${deviceId}", realm="3201000000", nonce="${nonce}", uri="sip:${server}@3201000000", response="${response}", algorithm=${algorithm}${rest}`;
  const read = readCredentials(header(''));
  const response = read ? digestOf(read, 'REGISTER', given) : '';
  return request({
    method: 'REGISTER',
    from: deviceId,
    sequence,
    headers: [...headers, `Authorization: ${header(response)}`],
  });
}
const first = (more: { from?: string; headers?: string[] } = {}) =>
  request({ method: 'REGISTER', sequence: 1, ...more });

describe('registration', () => {
  it('challenges, takes the right answer, and tells the time', () => {
    const own = line();
    const challenge = own.tell(first());
    expect(challenge).toMatchObject({ message: null, refusal: null });
    expect(challenge.answer).toMatch(
      /^SIP\/2\.0 401 Unauthorized\r\nVia: SIP\/2\.0\/UDP 10\.0\.0\.2:5060;rport=40000;branch=z9hG4bKc11;received=10\.0\.0\.2\r\n/,
    );
    expect(
      challenge.answer.match(/WWW-Authenticate: Digest realm="3201000000",nonce="[^"]+",algorithm=MD5,qop="auth"\r\n/g),
    ).toHaveLength(1);
    const registered = own.tell(
      answerTo(challenge.answer, { headers: ['Expires: 3600', `Contact: <sip:${recorder}@10.0.0.2:5060>`] }),
    );
    expect(registered.message?.standing).toEqual({ kind: 'registered', deviceId: recorder, expiresS: 3600, ask: [] });
    expect(registered.answer).toMatch(/^SIP\/2\.0 200 OK\r\n/);
    expect(registered.answer).toContain('\r\nDate: 2026-06-15T08:30:00.250\r\n');
    expect(registered.answer).toContain(`\r\nContact: <sip:${recorder}@10.0.0.2:5060>\r\nExpires: 3600\r\n`);
    expect(registered.answer).toMatch(/\r\nTo: <sip:32010000001180000007@3201000000>;tag=[0-9a-f]{12}\r\n/);
    const kept = own.tell(message('keepalive'));
    expect([kept.message?.standing?.kind, kept.answer.slice(0, 14)]).toEqual(['known', 'SIP/2.0 200 OK']);
    expect(kept.answer).toContain('CSeq: 20 MESSAGE');
  });

  it('offers SHA-256 first to a device of 2022, and takes it', () => {
    const own = line();
    const challenge = own.tell(first({ headers: ['X-GB-Ver: 3.0'] })).answer;
    expect(challenge.match(/algorithm=[^,]+/g)).toEqual(['algorithm=SHA-256', 'algorithm=MD5']);
    expect(challenge).toContain('X-GB-Ver: 3.0');
    expect(own.tell(answerTo(challenge, { algorithm: 'SHA-256' })).answer).toContain('200 OK');
    const only = line({ password, algorithms: ['SHA-256'] });
    const strict = only.tell(first()).answer;
    expect(strict.match(/algorithm=[^,]+/g)).toEqual(['algorithm=SHA-256']);
    expect(only.tell(answerTo(strict)).refusal?.detail).toContain('MD5');
  });

  it('takes an answer without qop', () => {
    const own = line();
    expect(own.tell(answerTo(own.tell(first()).answer, { nc: null })).answer).toContain('200 OK');
  });

  it('has a password for each device, and none for whoever has none', () => {
    const own = line({ passwords: { [camera]: 'of the camera' } });
    const challenge = own.tell(first({ from: camera })).answer;
    expect(own.tell(answerTo(challenge, { deviceId: camera, password: 'of the camera' })).answer).toContain('200 OK');
    const other = own.tell(answerTo(own.tell(first()).answer, { password: 'of the camera' }));
    expect(other.refusal).toMatchObject({ refused: 'unauthorized', detail: `no password is set for ${recorder}` });
    expect(other.answer).toMatch(/^SIP\/2\.0 403 Forbidden/);
    expect(line({}).tell(answerTo(line({}).tell(first()).answer)).refusal?.refused).toBe('unauthorized');
    expect(line({ passwords: {} }).tell(answerTo('nonce="x"', { deviceId: 'constructor' })).refusal?.detail).toContain(
      'no password',
    );
  });

  it('refuses a wrong password with 403, other schemes too', () => {
    const own = line();
    const wrong = own.tell(answerTo(own.tell(first()).answer, { password: 'guess' }));
    expect([wrong.refusal?.refused, wrong.answer.slice(8, 11)]).toEqual(['unauthorized', '403']);
    const basic = own.tell(request({ method: 'REGISTER', headers: ['Authorization: Basic eDp5'] }));
    expect([basic.refusal?.refused, basic.answer.slice(8, 11)]).toEqual(['unauthorized', '403']);
    expect(own.tell(message('keepalive')).refusal?.refused).toBe('unauthorized');
  });

  it('challenges again where the challenge is old, another peer’s, forged, or of another device', () => {
    const own = line();
    const challenge = own.tell(first()).answer;
    expect(line().tell(answerTo(challenge)).answer).toContain('stale=true');
    expect(own.tell(answerTo('nonce="dcd98b"')).answer).toContain('stale=true');
    expect(own.tell(answerTo(challenge, { deviceId: camera })).answer).toContain('stale=true');
    own.later(301_000);
    const stale = own.tell(answerTo(challenge));
    expect([stale.message, stale.refusal, stale.answer.slice(8, 11)]).toEqual([null, null, '401']);
    expect(own.tell(answerTo(stale.answer)).answer).toContain('200 OK');
  });

  it('takes the same answer twice only from the same request', () => {
    const own = line();
    const challenge = own.tell(first()).answer;
    const right = answerTo(challenge, { headers: ['Expires: 0'] });
    expect(own.tell(right).answer).toContain('Expires: 0');
    expect(own.tell(right).answer).toContain('200 OK');
    expect(own.tell(answerTo(challenge, { sequence: 3 })).answer).toContain('401');
    expect(own.tell(answerTo(challenge, { sequence: 4, nc: '00000002' })).answer).toContain('200 OK');
    expect(own.tell(answerTo(challenge, { sequence: 5, nc: '00000002' })).answer).toContain('401');
    const plain = own.tell(request({ method: 'REGISTER', sequence: 30 })).answer;
    expect(own.tell(answerTo(plain, { sequence: 31, nc: null })).answer).toContain('200 OK');
    expect(own.tell(answerTo(plain, { sequence: 32, nc: null })).answer).toContain('401');
  });

  it('remembers the last answers, and takes none that is older than these', () => {
    const own = line();
    const challenges = Array.from({ length: 10 }, (_, index) => {
      own.later(1);
      return own.tell(request({ method: 'REGISTER', sequence: 100 + index })).answer;
    });
    const [oldest = '', ...later] = challenges;
    later.forEach((challenge, index) => {
      expect(own.tell(answerTo(challenge, { sequence: 200 + index })).answer).toContain('200 OK');
    });
    expect(own.tell(answerTo(later[0]!, { sequence: 300 })).answer).toContain('401');
    expect(own.tell(answerTo(oldest, { sequence: 301 })).answer).toContain('401');
  });

  it('ends with its time, or when it is taken back', () => {
    const own = line({ password, maxExpiresS: 100 });
    const registered = own.tell(answerTo(own.tell(first()).answer, { headers: ['Expires: 999999'] }));
    expect(registered.answer).toContain('Expires: 100\r\n');
    own.later(100_000);
    expect(own.tell(message('keepalive')).refusal).toBeNull();
    own.later(1);
    const late = own.tell(message('keepalive'));
    expect([late.message, late.refusal?.detail]).toEqual([null, `${recorder} has not registered`]);
    expect(late.answer).toContain('403 Forbidden');
    const again = own.tell(answerTo(own.tell(request({ method: 'REGISTER', sequence: 8 })).answer, { sequence: 9 }));
    expect(again.message?.standing?.kind).toBe('registered');
    own.later(1);
    const left = own.tell(answerTo(own.tell(first()).answer, { sequence: 10, headers: ['Expires: 0'] }));
    expect(left.message?.standing).toEqual({ kind: 'unregistered', deviceId: recorder });
    own.later(10_000);
    expect(own.tell(message('keepalive')).refusal?.detail).toContain('has not registered');
  });

  it('tells every stranger, and reports one of them now and then', () => {
    const own = line();
    const speak = (index: number) => own.tell(message('keepalive', { from: `3201000000118000${1000 + index}` }));
    const all = Array.from({ length: 20 }, (_, index) => speak(index));
    expect(all.map(({ answer: heard }) => heard.slice(8, 11))).toEqual(Array(20).fill('403'));
    expect(all.filter(({ refusal }) => refusal)).toHaveLength(1);
    expect(all.every(({ message: taken }) => taken === null)).toBe(true);
    own.later(10_000);
    expect([speak(0).refusal, speak(1).refusal?.detail]).toEqual([null, '32010000001180001001 has not registered']);
  });

  it('believes whoever comes where it is told to', () => {
    const own = line({ authenticate: false });
    expect(own.tell(first()).answer).toContain('200 OK');
    expect(own.tell(message('alarm')).answer).toContain('200 OK');
    expect(own.tell(Uint8Array.from(Buffer.from(documents.position, 'latin1'))).message?.body?.command).toBe(
      'MobilePosition',
    );
  });

  it('takes no document of nobody', () => {
    const own = line();
    const alone = own.tell(Uint8Array.from(Buffer.from(documents.position, 'latin1')));
    expect([alone.refusal?.refused, alone.heard]).toEqual(['unauthorized', []]);
  });
});

describe('answers', () => {
  const open = () => line({ authenticate: false });
  it.each([
    ['MESSAGE', '200'],
    ['NOTIFY', '200'],
    ['OPTIONS', '200'],
    ['INVITE', '405'],
    ['SUBSCRIBE', '405'],
    ['DANCE', '405'],
    ['BYE', '481'],
    ['CANCEL', '481'],
    ['ACK', ''],
  ])('%s is answered with "%s"', (method, status) => {
    expect(open().tell(request({ method })).answer.slice(8, 11)).toBe(status);
  });

  it('says 503 where it was not stored, 403 to a command, nothing to a response', () => {
    expect(open().tell(message('alarm'), false).answer).toMatch(/503 Service Unavailable[\s\S]*Retry-After: 30/);
    const control = '<Control><CmdType>DeviceControl</CmdType><DeviceID>1</DeviceID></Control>';
    expect(open().tell(request({ body: control })).answer).toContain('403 Forbidden');
    const response = Uint8Array.from(
      Buffer.from(textOf(registration).replace(/^.*\r\n/, 'SIP/2.0 200 OK\r\n'), 'latin1'),
    );
    expect(open().tell(response)).toMatchObject({ heard: [], message: null, refusal: null });
  });

  it('repeats every Via, and touches the first only', () => {
    const bytes = request({
      headers: ['Via: SIP/2.0/UDP 10.9.9.9;branch=z9hG4bKb', 'Via: SIP/2.0/UDP a;branch=x, SIP/2.0/UDP b;branch=y'],
    });
    const vias = open()
      .tell(bytes)
      .answer.match(/^Via: .*$/gm);
    expect(vias?.map((value) => value.trim())).toEqual([
      'Via: SIP/2.0/UDP 10.0.0.2:5060;rport=40000;branch=z9hG4bKc120;received=10.0.0.2',
      'Via: SIP/2.0/UDP 10.9.9.9;branch=z9hG4bKb',
      'Via: SIP/2.0/UDP a;branch=x, SIP/2.0/UDP b;branch=y',
    ]);
  });

  it('gives a request sent again the same tag', () => {
    const tags = [message('alarm'), message('alarm'), message('alarm', { sequence: 21 })].map(
      (bytes) => /To: .*tag=(\w+)/.exec(open().tell(bytes).answer)?.[1],
    );
    expect(tags[0]).toBe(tags[1]);
    expect(tags[0]).not.toBe(tags[2]);
  });

  it('asks what it was told to, once for each registration, and answers an alarm', () => {
    const own = line({
      authenticate: false,
      ask: ['catalog', 'mobile-position', 'alarm-response'],
      positionEveryS: 10,
    });
    const [ok, catalog, position, ...more] = own.tell(first()).heard;
    expect(ok).toContain('200 OK');
    expect(catalog).toMatch(/^MESSAGE sip:32010000001180000007@10\.0\.0\.2:40000 SIP\/2\.0\r\n/);
    expect(catalog).toContain(`<CmdType>Catalog</CmdType>`);
    expect(position).toMatch(
      /^SUBSCRIBE [\s\S]*\r\nEvent: presence;id=\d+\r\nExpires: 3600\r\n[\s\S]*<Interval>10<\/Interval>/,
    );
    expect(more).toEqual([]);
    for (const asked of [catalog, position])
      expect(isRefusal(decode(Uint8Array.from(Buffer.from(asked ?? '', 'latin1'))))).toBe(false);
    expect(own.tell(first()).heard).toHaveLength(1);
    const [received, response] = own.tell(message('alarm')).heard;
    expect(received).toContain('200 OK');
    expect(response).toMatch(
      /<Response>\r\n<CmdType>Alarm<\/CmdType>\r\n<SN>1250<\/SN>\r\n<DeviceID>32010000001320000001<\/DeviceID>\r\n<Result>OK<\/Result>/,
    );
  });
});

describe('a catalogue in parts', () => {
  it('counts what has come, once, and tells what never came', () => {
    const own = line({ authenticate: false });
    expect(own.tell(message('catalog')).message?.catalog).toEqual({ received: 2, total: 3 });
    expect(own.tell(message('catalog')).message?.catalog).toEqual({ received: 2, total: 3 });
    expect(own.end().map(({ detail }) => detail)).toEqual([`catalogue 248 of ${recorder}: 2 of 3 entries came`]);
    expect(own.tell(message('catalogRest', { sequence: 21 })).message?.catalog).toEqual({ received: 3, total: 3 });
    expect(own.end()).toEqual([]);
    own.tell(message('catalog', { sequence: 22 }));
    own.later(301_000);
    own.tell(message('catalogRest', { sequence: 23 }));
    expect(own.said).toEqual([`catalogue 248 of ${recorder}: 2 of 3 entries came`]);
  });
});
