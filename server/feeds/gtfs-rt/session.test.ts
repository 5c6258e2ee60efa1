import { describe, expect, it } from 'vitest';
import type { AlertRecord } from '@/server/wire/record.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { map } from './map.ts';
import type { RtFeed } from './message.ts';
import { gtfsRtSession } from './session.ts';
import { alertJson, bytesOf, jsonOf, madeAtS, read, tripJson, vehicleJson } from './testing/build.ts';

const halfDayS = 43_200;
const session = gtfsRtSession(true);

/** Snapshots one after the other, as polls bring them; what each of them told. */
function run(...snapshots: { atS: number; entities?: object[]; header?: object; broken?: boolean }[]) {
  let state = session.start;
  return snapshots.map(({ atS, entities = [], header = {} }) => {
    const body = jsonOf(...entities);
    const feed = read(bytesOf({ ...body, header: { ...body.header, timestamp: String(atS), ...header } }));
    const step = session.step(state, feed, atS * 1000);
    state = step.state;
    const context = { receivedAt: atS * 1000, crs: 'wgs84', options: {} } as const;
    const told = step.message ? map(step.message, context) : [];
    const alerts = told.filter((one): one is AlertRecord => !isRefusal(one) && one.kind === 'alert');
    return { alerts, refusal: step.refusal as Refusal | null, gone: (step.message as RtFeed | null)?.gone ?? [] };
  });
}
const ending = { activePeriod: [{ start: madeAtS - 60, end: madeAtS + 90_000 }] };
const closed = (more: object = {}) => alertJson({ ...ending, ...more });

describe('snapshots', () => {
  it('one that is older than the last is dropped, with a reason', () => {
    const [, second, third] = run(
      { atS: madeAtS, entities: [vehicleJson()] },
      { atS: madeAtS - 30, entities: [vehicleJson()] },
      { atS: madeAtS, entities: [vehicleJson()] },
    );
    expect(second?.refusal).toMatchObject({ refused: 'conflict', detail: expect.stringContaining('E018') });
    expect(third?.refusal).toBeNull();
  });

  it('a source that set its clock back is believed after a while; one that jumps about is not', () => {
    const back = (count: number, stepS: number) =>
      run(
        { atS: madeAtS },
        ...Array.from({ length: count }, (_, index) => ({ atS: madeAtS - 9_000 + index * stepS })),
      ).map(({ refusal }) => refusal === null);
    expect(back(6, 30)).toEqual([true, false, false, false, false, true, true]);
    expect(back(6, 0).slice(1)).toEqual(Array(6).fill(false));
  });

  it('one with a clock far ahead does not make the next ones old', () => {
    const state = session.step(session.start, read(bytesOf(jsonOf(vehicleJson()))), (madeAtS - 90_000) * 1000).state;
    expect((state as { producedAt: number | null }).producedAt).toBeNull();
  });

  it('say what is gone', () => {
    const [, second, third] = run(
      { atS: madeAtS, entities: [vehicleJson(), tripJson([])] },
      { atS: madeAtS + 30, entities: [vehicleJson()] },
      { atS: madeAtS + 60 },
    );
    expect([second?.gone, third?.gone]).toEqual([['trip/t7'], ['bus-1']]);
  });
});

describe('alerts over time', () => {
  it('are told once, again when they change, and ended when they are gone', () => {
    const worse = closed({ severityLevel: 'SEVERE' });
    const [first, same, changed, over] = run(
      { atS: madeAtS, entities: [closed()] },
      { atS: madeAtS + 30, entities: [closed()] },
      { atS: madeAtS + 60, entities: [worse] },
      { atS: madeAtS + 90 },
    );
    const [one] = first!.alerts;
    expect([one?.msgType, one?.references, same?.alerts]).toEqual(['Alert', [], []]);
    const [two] = changed!.alerts;
    expect([two?.msgType, two?.references, two?.severity]).toEqual(['Update', [one?.dedupeKey], 'Severe']);
    expect(over?.alerts).toMatchObject([
      { msgType: 'Cancel', references: [two?.dedupeKey], observedAt: (madeAtS + 90) * 1000, subject: one?.subject },
    ]);
  });

  it('without an end are told again every half day, so that they do not lapse while they are in the feed', () => {
    const bucketS = Math.floor(madeAtS / halfDayS) * halfDayS;
    const [first, same, renewed, restarted] = [
      ...run(
        { atS: bucketS + 60, entities: [alertJson()] },
        { atS: bucketS + 90, entities: [alertJson()] },
        { atS: bucketS + halfDayS, entities: [alertJson()] },
      ),
      ...run({ atS: bucketS + 120, entities: [alertJson()] }),
    ];
    const [one] = first!.alerts;
    expect(one).toMatchObject({ msgType: 'Alert', effectiveAt: bucketS * 1000, expiresAt: null });
    expect(same?.alerts).toEqual([]);
    expect(renewed?.alerts).toMatchObject([
      { msgType: 'Update', references: [one?.dedupeKey], effectiveAt: (bucketS + halfDayS) * 1000 },
    ]);
    expect({ ...restarted?.alerts[0], receivedAt: 0 }).toEqual({ ...one, receivedAt: 0 });
  });

  it('that cannot be read this time are not over', () => {
    const spoilt = closed({ activePeriod: [{ start: 1 }] });
    const [, second, third] = run(
      { atS: madeAtS, entities: [closed()] },
      { atS: madeAtS + 30, entities: [spoilt] },
      { atS: madeAtS + 60, entities: [closed()] },
    );
    expect([second?.alerts, third?.alerts]).toEqual([[], []]);
  });

  it('of a differential feed hold until they are deleted', () => {
    const header = { incrementality: 'DIFFERENTIAL' };
    const [, second, third] = run(
      { atS: madeAtS, entities: [closed()], header },
      { atS: madeAtS + 30, header },
      { atS: madeAtS + 60, entities: [{ id: 'a', isDeleted: true }], header },
    );
    expect([second?.alerts, third?.alerts.map(({ msgType }) => msgType)]).toEqual([[], ['Cancel']]);
  });

  it('in a file stand as they are', () => {
    const [one] = map(read(bytesOf(jsonOf(alertJson()))), { receivedAt: null, crs: 'wgs84', options: {} });
    const { message } = gtfsRtSession(false).step(gtfsRtSession(false).start, read(bytesOf(jsonOf(alertJson()))), 0);
    expect(map(message as RtFeed, { receivedAt: null, crs: 'wgs84', options: {} })).toEqual([one]);
  });
});
