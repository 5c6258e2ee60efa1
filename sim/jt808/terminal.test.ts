import { describe, expect, it } from 'vitest';
import { ids, type Location } from './body.ts';
import { decodePlatformFrame, encodeFrame, type Incoming } from './frame.ts';
import { terminal } from './terminal.ts';

const location: Location = {
  at: [118.78, 32.04],
  gcj02: false,
  fixed: true,
  accOn: true,
  emergency: false,
  altitudeM: 10,
  speedMps: 8,
  headingDeg: 90,
  observedAtMs: 1_800_000_000_000,
  mileageM: 1_000,
  fuelL: 40,
  satellites: 10,
};

const read = (frames: Buffer[]): Incoming[] => frames.map((frame) => decodePlatformFrame(unflagged(frame))!);
const unflagged = (frame: Buffer) => frame.subarray(1, -1);
const platform = (id: number, body: string) =>
  unflagged(encodeFrame({ id, edition: 2013, terminal: '1', serial: 9, body: Buffer.from(body, 'hex') }));
const identity = { edition: 2013, terminal: '014400000001', plate: '苏A0001试' } as const;

function online() {
  const t = terminal(identity);
  t.connected();
  t.received(platform(ids.registerReply, '000000636f6465'));
  t.received(platform(ids.platformReply, '0001010200'));
  return t;
}

describe('a terminal', () => {
  it('registers, authenticates with the code of the reply, then reports', () => {
    const t = terminal(identity);
    expect(read(t.connected()).map((each) => each.id)).toEqual([ids.register]);
    const [authenticate] = read(t.received(platform(ids.registerReply, '000000636f6465')).send);
    expect([authenticate?.id, authenticate?.serial, authenticate?.body.toString()]).toEqual([
      ids.authenticate,
      1,
      'code',
    ]);
    expect(t.phase()).toBe('authenticating');
    t.received(platform(ids.platformReply, '0001010200'));
    expect(t.phase()).toBe('online');
    expect(read(t.report(location, true)).map((each) => each.id)).toEqual([ids.location]);
    expect(read(t.heartbeat()).map((each) => each.id)).toEqual([ids.heartbeat]);
  });

  it('sends what it stored in a tunnel as a blind-area batch, oldest first', () => {
    const t = online();
    for (let i = 0; i < 23; i++) expect(t.report({ ...location, mileageM: i * 100 }, false)).toEqual([]);
    const sent = read(t.report(location, true));
    expect(sent.map((each) => each.id)).toEqual([ids.locationBatch, ids.locationBatch, ids.location]);
    expect(sent.map((each) => each.body.subarray(0, 3).toString('hex'))).toEqual(['001401', '000301', '000000']);
    expect(sent[1]?.body.readUInt32BE(5 + 30)).toBe(20);
    expect(t.stored()).toBe(0);
  });

  it('keeps its code over a lost connection and registers again when the code is refused', () => {
    const t = online();
    t.disconnected();
    t.report(location, true);
    expect(t.stored()).toBe(1);
    expect(read(t.connected()).map((each) => each.id)).toEqual([ids.authenticate]);
    expect(read(t.received(platform(ids.platformReply, '0002010201')).send).map((each) => each.id)).toEqual([
      ids.register,
    ]);
  });

  it('stores a bounded number of positions', () => {
    const t = terminal(identity);
    for (let i = 0; i < 1_000; i++) t.report(location, true);
    expect(t.stored()).toBe(200);
  });

  it('confirms an alarm confirmation and a text, and calls the rest unsupported', () => {
    const t = online();
    const confirmed = t.received(platform(ids.alarmConfirmed, '000000000001'));
    expect(confirmed.alarmConfirmed).toBe(true);
    expect(read(confirmed.send)[0]?.body.toString('hex')).toBe('0009820300');
    expect(read(t.received(platform(ids.text, '0100')).send)[0]?.body.toString('hex')).toBe('0009830000');
    expect(read(t.received(platform(0x8103, '00')).send)[0]?.body.toString('hex')).toBe('0009810303');
    expect(t.received(Buffer.from('00', 'hex'))).toEqual({ send: [], alarmConfirmed: false });
  });

  it('stays refused when it may not register', () => {
    const t = terminal(identity);
    t.connected();
    expect(t.received(platform(ids.registerReply, '000004')).send).toEqual([]);
    expect(t.phase()).toBe('refused');
  });
});
