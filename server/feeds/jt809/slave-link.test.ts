import { describe, expect, it } from 'vitest';
import type { LinkEvent, LinkPlan } from '../link-back.ts';
import { isRefusal } from '../refusal.ts';
import { Secret } from '../secret.ts';
import { upperFrame } from './answer.ts';
import { decode } from './decode.ts';
import type { Jt809Message } from './message.ts';
import { jt809Options } from './options.ts';
import { slaveAddressFault } from './slave-address.ts';
import { type SlaveLink, slaveLink, slaveTimes } from './slave-link.ts';
import { bytesOf, vector, type vectors } from './testing/vectors.ts';

const now = Date.parse('2026-06-15T06:34:24Z');
const account = { centerId: 32010001, userId: 32010007, password: 'Nj+809!x' };
const optionsWith = (link?: object) => jt809Options.parse({ accounts: [{ ...account, slaveLink: link }] });
const read = (bytes: Uint8Array): Jt809Message => {
  const message = decode(bytes);
  if (isRefusal(message)) throw new Error(message.detail);
  return message;
};
/** The login of the vectors states 10.20.30.40:9977. */
const login = (name: 'login2011' | 'login2019' = 'login2011'): Jt809Message => ({
  ...read(vector(name)),
  login: { result: 0, verifyCode: new Secret('a1b2c3d4') },
});
const from = '10.20.30.40:51000';
const planned = (link?: object, peer = from, message = login()): LinkPlan | null =>
  slaveLink.plan(message, optionsWith(link), peer);

describe('where the slave link goes', () => {
  it('nowhere unless the account says so, and not for a login that was denied', () => {
    expect(planned()).toBeNull();
    expect(planned({}, from, { ...login(), login: { result: 4, verifyCode: null } })).toBeNull();
    expect(planned({}, from, read(vector('position2011')))).toBeNull();
  });

  it('to the address of the login, where it came from there', () => {
    expect(planned({})).toMatchObject({ kind: 'open', key: 'centre 32010001', host: '10.20.30.40', port: 9977 });
    expect(planned({}, '::ffff:10.20.30.40:51000')).toMatchObject({ kind: 'open' });
    expect(planned({}, '203.0.113.9:51000')).toMatchObject({ kind: 'refuse', key: 'centre 32010001' });
    expect(planned({ hosts: ['10.20.30.40'], ports: [9977] }, '203.0.113.9:51000')).toMatchObject({ kind: 'open' });
    expect(planned({}, from, login('login2019'))).toMatchObject({ kind: 'open', port: 9977 });
  });

  it.each([
    [{}, '127.0.0.1', 9977, '127.0.0.1:4'],
    [{}, '169.254.169.254', 9977, '169.254.169.254:4'],
    [{}, '::1', 9977, '::1:4'],
    [{}, '0.0.0.0', 9977, '0.0.0.0:4'],
    [{}, 'localhost', 9977, '127.0.0.1:4'],
    [{}, 'db.internal', 5432, '10.1.1.1:4'],
    [{}, '10.1.1.1', 80, '10.1.1.1:4'],
    [{}, '10.1.1.1', 0, '10.1.1.1:4'],
    [{ ports: [9000] }, '10.1.1.1', 9977, '10.1.1.1:4'],
    [{ hosts: ['10.9.9.9'] }, '10.1.1.1', 9977, '10.1.1.1:4'],
    [{}, '10.1.1.1\n', 9977, '10.1.1.1:4'],
  ])('%j does not let it to %s:%i for %s', (link, host, port, peer) => {
    const options = optionsWith(link).accounts[0]?.slaveLink;
    expect(options && slaveAddressFault(options, { host, port }, peer)).toEqual(expect.any(String));
  });

  it('ends with the logout on the main link', () => {
    expect(planned({}, from, read(vector('logout')))).toEqual({ kind: 'close', key: 'centre 32010001' });
  });
});

/** Plays events against one link; what it sends is decoded as the lower platform would. */
function play(link: object = {}, message = login()) {
  const plan = slaveLink.plan(message, optionsWith(link), from);
  if (plan?.kind !== 'open') throw new Error('not opened');
  let state = plan.state;
  return (event: LinkEvent<Jt809Message>, at = now) => {
    const step = slaveLink.step(state, event, at);
    state = step.state;
    return { ...step, state: state as SlaveLink, said: step.send.map((bytes) => read(bytes)) };
  };
}
/** A message of the lower platform on the slave link. */
const fromBelow = (messageId: number, body: readonly number[] = [], centerId = 32010001): LinkEvent<Jt809Message> => ({
  kind: 'message',
  message: read(
    upperFrame({ ...read(vector('keepalive2011')).header, centerId }, messageId, Uint8Array.from(body), {
      serial: 7,
      accepted: true,
      now,
    }),
  ),
});
const signedOn = (message = login()) => {
  const run = play({}, message);
  run({ kind: 'connected' });
  run(fromBelow(0x9002, [0]));
  return run;
};
const ids = (said: readonly Jt809Message[]) => said.map(({ messageId, subId }) => subId ?? messageId);

describe('the slave link', () => {
  it('shows the verify code of the login answer', () => {
    const run = play();
    const [bytes] = run({ kind: 'connected' }).send;
    expect(Buffer.from(bytes ?? []).toString('hex')).toContain(`900101e86f11010000${'00'.repeat(5)}a1b2c3d4`);
    const step = run(fromBelow(0x9002, [0]));
    expect(step).toMatchObject({ end: null, message: { messageId: '0x9002' }, state: { phase: 'up' } });
  });

  it.each([
    [1, 'done'],
    [2, 'retry'],
    [3, 'retry'],
  ] as const)('the answer %i means %s', (result, end) => {
    const run = play();
    run({ kind: 'connected' });
    expect(run(fromBelow(0x9002, [result])).end).toBe(end);
  });

  it('is given up where the login is not answered', () => {
    const run = play();
    run({ kind: 'connected' });
    expect(run({ kind: 'tick' }, now + slaveTimes.answerMs - 1).end).toBeNull();
    expect(run({ kind: 'tick' }, now + slaveTimes.answerMs).end).toBe('retry');
  });

  it('is kept every minute, and given up after three without a word', () => {
    const run = signedOn();
    expect(run({ kind: 'tick' }, now + 59_000).said).toEqual([]);
    expect(ids(run({ kind: 'tick' }, now + 60_000).said)).toEqual(['0x9005']);
    expect(run({ kind: 'tick' }, now + 65_000).said).toEqual([]);
    run(fromBelow(0x9006), now + 61_000);
    expect(run({ kind: 'tick' }, now + 61_000 + 179_999).end).toBeNull();
    expect(run({ kind: 'tick' }, now + 61_000 + 180_000).end).toBe('retry');
  });

  it('believes nobody before the answer, and no other centre', () => {
    const run = play();
    run({ kind: 'connected' });
    const position: LinkEvent<Jt809Message> = { kind: 'message', message: read(vector('position2011')) };
    expect(run(position)).toMatchObject({ message: null, refusal: { refused: 'unauthorized' } });
    run(fromBelow(0x9002, [0]));
    expect(run(position)).toMatchObject({ message: { subId: '0x1202' }, refusal: null });
    expect(run(fromBelow(0x9006, [], 7))).toMatchObject({ message: null, refusal: { refused: 'unauthorized' } });
    expect(run({ kind: 'message', message: read(vector('logout')) }).refusal?.refused).toBe('unauthorized');
  });

  it('hears of the main link, and goes where the lower platform closes both', () => {
    const run = signedOn();
    expect(run(fromBelow(0x1007, [0]))).toMatchObject({ end: null, message: { messageId: '0x1007' } });
    expect(run(fromBelow(0x1008, [0]))).toMatchObject({ end: 'done', message: { messageId: '0x1008' } });
  });

  it('says goodbye: of itself after a logout, with both links when we stop', () => {
    expect(ids(signedOn()({ kind: 'closing', because: 'logout' }).said)).toEqual(['0x9003']);
    const run = signedOn();
    expect(ids(run({ kind: 'closing', because: 'stop' }).said)).toEqual(['0x9008', '0x9003']);
    expect(run(fromBelow(0x9004)).end).toBe('done');
    expect(play()({ kind: 'closing', because: 'stop' })).toMatchObject({ end: 'done', send: [] });
  });

  it('tells how many positions came over the main link', () => {
    const run = signedOn();
    const first = (name: keyof typeof vectors, at: number) =>
      run({ kind: 'first', message: read(vector(name)) }, now + at);
    first('position2011', 0);
    first('history2011', 5_000);
    const [, count] = run({ kind: 'tick' }, now + slaveTimes.countMs - 470_000).said;
    expect(count).toBeUndefined();
    run(fromBelow(0x9006), now + 500_000);
    const told = run({ kind: 'tick' }, now + slaveTimes.countMs).said.find(({ messageId }) => messageId === '0x9101');
    expect(told?.body).toEqual({ total: 3, startAt: '2026-06-15T14:34:24+08:00', endAt: '2026-06-15T14:34:29+08:00' });
  });

  it.each([
    ['1207', '0x9207', 1],
    ['1208', '0x9208', 1],
    ['1209', '0x9209', 2],
  ])('declines 0x%s', (sub, subId, result) => {
    const plate = `cbd541313233343500000000000000000000000000 02`;
    const period = sub === '1208' ? '00000000' : '00000010 000000006a2f4898 000000006a2f4899';
    const body = bytesOf(`${plate} ${sub} ${period}`);
    const ask = (name: 'keepalive2011' | 'keepalive2019') =>
      read(upperFrame(read(vector(name)).header, 0x1200, body, { serial: 9, accepted: true, now }));
    const answered = { subId, vehicle: { plate: '苏A12345', colour: 2 }, body: { result } };
    expect(signedOn()({ kind: 'first', message: ask('keepalive2011') }).said).toMatchObject([answered]);
    const [of2019] = signedOn(login('login2019'))({ kind: 'first', message: ask('keepalive2019') }).said;
    expect(of2019).toMatchObject({ ...answered, body: { sourceId: `0x${sub}`, sourceSerial: 9, result }, flags: [] });
  });

  it('never shows its code', () => {
    const step = play()({ kind: 'connected' });
    expect(JSON.stringify(step.state)).not.toContain('a1b2c3d4');
  });
});
