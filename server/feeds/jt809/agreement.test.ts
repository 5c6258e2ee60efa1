import { describe, expect, it } from 'vitest';
import type { AlertRecord, FeedRecord, PositionRecord } from '@/server/wire/record.ts';
import { distanceM, toGcj02 } from '@/sim/geo.ts';
import type { Location } from '@/sim/jt808/body.ts';
import type { Alarm } from '@/sim/jt809/body.ts';
import { cutFrames } from '@/sim/jt809/frame.ts';
import { lowerPlatform } from '@/sim/jt809/platform.ts';
import { isRefusal } from '../refusal.ts';
import { jt809 } from './jt809.ts';

/** Two readings of the standard, written apart: what the simulated platform means must be what ours understands. */
const atMs = Date.parse('2026-06-20T02:15:30Z');
const vehicle = { plate: '苏A·D0809试', colour: 2 };
const account = { centerId: 32010001, userId: 32010007, password: 'a b~!' };
const options = jt809.options.parse({ accounts: [account] });
const location: Location = {
  at: [118.779, 32.0425],
  gcj02: false,
  fixed: true,
  accOn: true,
  emergency: false,
  altitudeM: 12,
  speedMps: 36 / 3.6,
  headingDeg: 126,
  observedAtMs: atMs,
  mileageM: 1_260_000,
  fuelL: 38.1,
  satellites: 11,
};

function link(edition: 2011 | 2019) {
  const platform = lowerPlatform({ ...account, edition }, '32010000001');
  const session = jt809.session!(options, true);
  let state = session.start;
  let serial = 0;
  const records: FeedRecord[] = [];
  const refusals: string[] = [];

  /** Carries frames up, and what is answered down, until nobody says anything. */
  function carry(frames: readonly Buffer[]): void {
    const { frames: cut, rest, noise } = jt809.frame(Buffer.concat(frames));
    expect([rest.length, noise]).toEqual([0, 0]);
    for (const bytes of cut) {
      const message = jt809.decode(bytes);
      if (isRefusal(message)) throw new Error(message.detail);
      expect(message.header.version).toBe(String(edition));
      const step = session.step(state, message, atMs);
      state = step.state;
      if (step.refusal) refusals.push(step.refusal.refused);
      if (step.message)
        for (const one of jt809.map(step.message, { receivedAt: atMs, crs: 'wgs84', options })) {
          if (isRefusal(one)) throw new Error(one.detail);
          records.push(one);
        }
      const said = jt809.answer!(step.answering ?? step.message ?? message, {
        serial: serial++,
        accepted: !step.refusal,
        now: atMs,
      });
      if (!said) continue;
      const down = cutFrames(Buffer.from(said));
      for (const one of down.frames) {
        const more = platform.received(one, atMs);
        if (more.length > 0) carry(more);
      }
    }
  }
  return { platform, carry, records, refusals };
}

describe.each([2011, 2019] as const)('a platform of %s', (edition) => {
  it('logs in, reports, stays, and leaves', () => {
    const { platform, carry, records, refusals } = link(edition);
    platform.report({ vehicle, location: { ...location, observedAtMs: atMs - 60_000 } }, atMs);
    carry(platform.connected(atMs));
    expect(platform.phase()).toBe('online');
    carry(platform.report({ vehicle, location }, atMs));
    carry(platform.keepalive(atMs));
    carry(platform.logout(atMs));
    expect([platform.phase(), refusals]).toEqual(['offline', []]);
    expect(records.map(({ quality }) => quality.flags)).toEqual([['backfill'], []]);
    expect(records[1]).toMatchObject({
      kind: 'position',
      subject: { scheme: 'jt809', key: '苏AD0809试_2' },
      observedAt: atMs,
      relayedAt: edition === 2019 ? atMs : null,
      geometry: { type: 'Point', coordinates: [118.779, 32.0425] },
      crsReceived: 'wgs84',
      altitudeM: 12,
      speedMps: 10,
      headingDeg: 126,
      fixed: true,
      extras: { 'status.acc': true, 'io.mileageKm': 1260 },
    });
  });

  it('says SOS, and that its coordinates are shifted', () => {
    const { platform, carry, records } = link(edition);
    carry(platform.connected(atMs));
    const shifted: Location = { ...location, at: toGcj02(location.at), gcj02: true, emergency: true };
    carry(platform.report({ vehicle, location: shifted }, atMs));
    const [record] = records as PositionRecord[];
    expect(record).toMatchObject({ crsReceived: 'gcj02', extras: { 'alarm.emergency': true } });
    const back = record?.geometry?.type === 'Point' ? record.geometry.coordinates : null;
    expect(distanceM(location.at, back!)).toBeLessThan(1);
  });

  it('tells an alarm', () => {
    const { platform, carry, records } = link(edition);
    carry(platform.connected(atMs));
    const alarm: Alarm = { vehicle, type: 2, atMs, endMs: null, number: 9, text: '疲劳' };
    carry(platform.alarm(alarm, atMs));
    expect(records).toMatchObject([
      {
        kind: 'alert',
        subject: { key: '苏AD0809试_2' },
        event: '疲劳驾驶报警',
        text: '疲劳',
        observedAt: atMs,
        msgType: 'Alert',
      },
    ]);
    carry(platform.alarm({ ...alarm, endMs: atMs + 60_000 }, atMs));
    const ended = records.slice(1) as AlertRecord[];
    expect(ended.map(({ msgType }) => msgType)).toEqual(edition === 2019 ? ['Alert', 'Cancel'] : ['Alert']);
    expect(ended[0]?.dedupeKey).toBe((records[0] as AlertRecord).dedupeKey);
  });

  it('is denied with a wrong password', () => {
    const { platform, carry, refusals } = link(edition);
    const wrong = lowerPlatform({ ...account, edition, password: 'a b~' }, '');
    carry(wrong.connected(atMs));
    expect(refusals).toEqual(['unauthorized']);
    expect(platform.phase()).toBe('offline');
  });
});
