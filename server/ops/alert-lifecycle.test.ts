import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertXml, infoXml, recordsOf } from '@/server/feeds/cap/testing/alerts.ts';
import type { AlertRecord } from '@/server/wire/record.ts';
import {
  type AlertStanding,
  alertEndsAt,
  expiredAlerts,
  referenceOf,
  settleAlert,
  withSettled,
} from './alert-lifecycle.ts';

const clock = { now: Date.UTC(2025, 6, 1), defaultLifeMs: null };
type Message = {
  id: string;
  hour: number;
  type?: 'Alert' | 'Update' | 'Cancel' | 'Ack';
  refs?: string[];
  status?: 'Actual' | 'Test';
  infos?: number;
  expires?: string;
};

const sent = (hour: number) => `2025-07-01T${String(hour).padStart(2, '0')}:00:00+08:00`;
const reference = ({ id, hour }: Message) => `nj.weather,${id},${sent(hour)}`;

function records(message: Message): AlertRecord[] {
  const { id, hour, type = 'Alert', refs = [], status = 'Actual', infos = 1, expires } = message;
  const info = infoXml(expires ? `<expires>${expires}</expires>` : '').repeat(infos);
  const extra = refs.length > 0 ? `<references>${refs.join(' ')}</references>` : '';
  return recordsOf(alertXml({ identifier: id, sent: sent(hour), msgType: type, status, extra, info }));
}

function play(messages: readonly Message[]) {
  let known: AlertStanding[] = [];
  const outcomes: string[] = [];
  for (const record of messages.flatMap(records)) {
    const settled = settleAlert(known, record, clock);
    outcomes.push(settled.outcome);
    known = withSettled(known, settled);
  }
  const states = Object.fromEntries(
    known.map(({ reference: ref, msgType, state }) => [ref.split(',')[1], `${msgType} ${state}`]),
  );
  return { known, outcomes, states };
}

const first: Message = { id: 'a', hour: 8 };
const update: Message = { id: 'b', hour: 9, type: 'Update', refs: [reference(first)] };
const second: Message = { id: 'c', hour: 10, type: 'Update', refs: [reference(first), reference(update)] };
const cancel: Message = { id: 'd', hour: 11, type: 'Cancel', refs: [reference(second)] };

describe('the life of an alert', () => {
  it('update replaces, cancel ends', () => {
    expect(play([first, update]).states).toEqual({ a: 'Alert superseded', b: 'Update inForce' });
    expect(play([first, { ...cancel, refs: [reference(first)] }]).states).toEqual({
      a: 'Alert cancelled',
      d: 'Cancel inForce',
    });
    expect(play([first, update, second, cancel]).states).toEqual({
      a: 'Alert superseded',
      b: 'Update superseded',
      c: 'Update cancelled',
      d: 'Cancel inForce',
    });
  });

  it('a repeat changes nothing', () => {
    expect(play([first, first, update, first]).outcomes).toEqual(['inForce', 'duplicate', 'inForce', 'duplicate']);
  });

  it('a cancel that came first still ends its alert, and says whom it did not know', () => {
    const early = { ...cancel, refs: [reference(first)] };
    const settled = settleAlert([], records(early)[0] as AlertRecord, clock);
    expect(settled).toMatchObject({ outcome: 'notice', unknown: [reference(first)], changes: [] });
    expect(play([early, first])).toMatchObject({ outcomes: ['notice', 'cancelled'] });
  });

  it('an update of something unknown stands by itself', () => {
    expect(play([second]).outcomes).toEqual(['inForce']);
    expect(play([second, update]).states).toEqual({ b: 'Update superseded', c: 'Update inForce' });
  });

  it('all infos of a message share its fate', () => {
    const { known } = play([{ ...first, infos: 2 }, update]);
    expect(known.filter(({ state }) => state === 'superseded')).toHaveLength(2);
    expect(new Set(known.map(({ dedupeKey }) => referenceOf(dedupeKey))).size).toBe(2);
  });

  it('a test never ends an actual warning', () => {
    const test = { ...cancel, refs: [reference(first)], status: 'Test' as const };
    expect(play([first, test]).states.a).toBe('Alert inForce');
    expect(play([test, first]).states.a).toBe('Alert inForce');
  });

  it('an acknowledgement ends nothing', () => {
    expect(play([first, { id: 'e', hour: 9, type: 'Ack', refs: [reference(first)] }])).toMatchObject({
      outcomes: ['inForce', 'notice'],
      states: { a: 'Alert inForce' },
    });
  });

  it('one instant in two zones is one reference; another sender’s is another', () => {
    expect(play([first, { ...update, refs: ['nj.weather,a,2025-07-01T00:00:00-00:00'] }]).states.a).toBe(
      'Alert superseded',
    );
    expect(play([first, { ...update, refs: ['other,a,2025-07-01T08:00:00+08:00'] }]).states.a).toBe('Alert inForce');
  });

  it('a bare identifier means one of the same sender', () => {
    const [plain, later] = [records(first)[0], records(update)[0]] as [AlertRecord, AlertRecord];
    const known = withSettled([], settleAlert([], plain, clock));
    const bare = (sender: string) =>
      settleAlert(known, { ...later, references: ['a'], subject: { scheme: 'cap', key: sender } }, clock).changes;
    expect(bare('nj.weather')).toMatchObject([{ state: 'superseded' }]);
    expect(bare('other')).toEqual([]);
  });

  it('a cancel that names the first message of an event ends its updates too, in any order of arrival', () => {
    const event = [
      first,
      { id: 'b', hour: 9, type: 'Update' as const },
      { id: 'c', hour: 10, type: 'Cancel' as const, refs: [reference(first)] },
      { id: 'd', hour: 11 },
    ].map((message) => records(message)[0] as AlertRecord);
    const bare = event.map((record, at) => ({ ...record, references: at === 0 ? [] : ['a'] }));
    for (const order of ['0123', '2103', '1203', '3210', '2013'])
      expect(
        [...order]
          .map((at) => bare[Number(at)] as AlertRecord)
          .reduce<AlertStanding[]>((known, one) => withSettled(known, settleAlert(known, one, clock)), [])
          .map(({ reference: of, state }) => `${of.split(',')[1]} ${state}`)
          .toSorted(),
      ).toEqual(['a cancelled', 'b cancelled', 'c inForce', 'd inForce']);
  });

  it('ends the same whatever the order of arrival', () => {
    const messages = [first, update, second, cancel, { ...first, id: 'x', status: 'Test' as const }];
    const wanted = play(messages).states;
    fc.assert(
      fc.property(fc.shuffledSubarray(messages, { minLength: messages.length }), (order) => {
        expect(play(order).states).toEqual(wanted);
      }),
      { numRuns: 120, seed: 2 },
    );
  });
});

describe('expiry', () => {
  const short = { ...first, expires: '2025-07-01T09:00:00+08:00' };
  it('what arrives too late is expired; what runs out is found', () => {
    const [record] = records(short) as [AlertRecord];
    const late = Date.UTC(2025, 6, 1, 1);
    expect(settleAlert([], record, { ...clock, now: late }).outcome).toBe('expired');
    const { known } = play([short]);
    expect(expiredAlerts(known, late - 1)).toEqual([]);
    expect(expiredAlerts(known, late)).toHaveLength(1);
    expect(expiredAlerts(play([short, { ...update, refs: [reference(short)] }]).known, late)).toEqual([]);
  });

  it('without an end a default life counts from the latest of its own times', () => {
    const [record] = records(first) as [AlertRecord];
    expect(alertEndsAt(record, null)).toBeNull();
    expect(alertEndsAt(record, 3_600_000)).toBe(Date.UTC(2025, 6, 1, 1));
    expect(alertEndsAt({ ...record, onsetAt: Date.UTC(2025, 6, 2) }, 3_600_000)).toBe(Date.UTC(2025, 6, 2, 1));
  });
});
