import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wasRefused } from '@/server/domain/refusal.ts';
import { chief, operator } from '@/server/domain/testing/samples.ts';
import { isInForce } from '@/server/domain/warning.ts';
import { alertXml, infoXml, recordsOf } from '@/server/feeds/cap/testing/alerts.ts';
import type { FeedRecord } from '@/server/wire/record.ts';
import { receiveRecords, wavesOf } from './receive-records.ts';
import { openDesk, system } from './testing/desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const base = {
  observedAt: 1,
  sourceAt: 1,
  relayedAt: null,
  receivedAt: null,
  geometry: { type: 'Point' as const, coordinates: [118.78, 32.05] as [number, number] },
  crsReceived: 'wgs84' as const,
  geometrySource: 'message' as const,
  quality: { state: 'good' as const, flags: [] },
  revision: 0,
  privacy: 'personal' as const,
};
const call = (number: string, more: Partial<FeedRecord & { kind: 'call' }> = {}): FeedRecord => ({
  kind: 'call',
  ...base,
  subject: { scheme: 'push', key: number },
  dedupeKey: `call/${number}`,
  number,
  type: null,
  priority: null,
  place: '应天大街隧道口',
  text: '隧道积水，车进不去',
  calls: [{ at: 1, from: '13800000000', text: null }],
  units: [],
  state: 'reported',
  casualties: { dead: null, injured: null, trapped: null, missing: null },
  ...more,
});
async function receive(records: readonly FeedRecord[], feed = 'police-110') {
  const receipts = await receiveRecords(desk.deps, {
    actor: system,
    records,
    context: {
      feed,
      department: 'police',
      reality: 'actual',
      receivedAt: desk.clock.now,
      districtOf: () => ({ district: '320104', nearDistrict: null }),
    },
  });
  if (wasRefused(receipts)) throw new Error(receipts.refused);
  return receipts;
}
const signals = () =>
  desk.store.read(operator, async (tx) => (await tx.list('signal', { limit: 1_000 })).map((row) => row.state));
const warnings = () =>
  desk.store.read(operator, async (tx) => (await tx.list('warning', { limit: 1_000 })).map((row) => row.state));

describe('calls', () => {
  it('become signals, once; a higher revision corrects and keeps what people decided', async () => {
    await receive([call('A1')]);
    expect((await receive([call('A1')]))[0]!.verdicts).toEqual(['same']);
    const corrected = call('A1', { revision: 1, text: '隧道积水约半米，有车被困' });
    expect((await receive([corrected]))[0]!.verdicts).toEqual(['newer']);
    const found = (await signals()).filter((signal) => signal.source.key === 'A1');
    expect(found).toMatchObject([
      {
        kind: 'call',
        text: '隧道积水约半米，有车被困',
        proposedKind: 'statutory.flood.underpass',
        revision: 1,
        state: 'open',
      },
    ]);
    expect(found[0]!.place).toMatchObject({ district: '320104', text: '应天大街隧道口', lonLat: [118.78, 32.05] });
    expect((await receive([call('A1', { revision: 1, text: '别的话' })]))[0]!.verdicts).toEqual(['conflict']);
  });

  it('a batch that speaks twice of one call loses neither', async () => {
    const batch = [call('B1'), call('B2'), call('B1', { revision: 1, dedupeKey: 'call/B1', text: '又来电' })];
    expect(wavesOf(batch).map((wave) => wave.length)).toEqual([2, 1]);
    await receive(batch);
    const found = (await signals()).filter((signal) => signal.source.key.startsWith('B'));
    expect(found.map((signal) => [signal.source.key, signal.text]).sort()).toEqual([
      ['B1', '又来电'],
      ['B2', '隧道积水，车进不去'],
    ]);
  });

  it('a large batch is several commands, so that each is done in time and a repeat goes on where it stopped', () => {
    const waves = wavesOf(Array.from({ length: 450 }, (_, index) => call(`L${index}`)));
    expect(waves.map((wave) => wave.length)).toEqual([200, 200, 50]);
  });

  it("a source's own kind and people hurt count before words", async () => {
    await receive([
      call('C1', {
        type: '车辆火灾',
        text: '有烟',
        casualties: { dead: null, injured: 1, trapped: null, missing: null },
      }),
    ]);
    expect((await signals()).find((signal) => signal.source.key === 'C1')).toMatchObject({
      proposedKind: 'statutory.fire.vehicle',
      priority: 'P1',
    });
  });
});

describe('CAP', () => {
  const now = Date.parse('2025-07-01T08:00:00+08:00');
  const alert = (identifier: string, parts: Parameters<typeof alertXml>[0] = {}) =>
    recordsOf(alertXml({ identifier, ...parts }));
  const refer = (identifier: string) => ({
    extra: `<references>nj.weather,${identifier},2025-07-01T08:00:00+08:00</references>`,
  });
  const inForce = async () =>
    (await warnings()).filter((warning) => isInForce(warning, now)).map((warning) => warning.reference.split(',')[1]);

  it('an Update replaces, a Cancel ends; it stays one signal, dismissed at the end', async () => {
    desk.clock.now = now;
    await receive(alert('W1'), 'meteorology-cap');
    await receive(alert('W2', { msgType: 'Update', ...refer('W1') }), 'meteorology-cap');
    expect(await inForce()).toEqual(['W2']);
    const mine = async () => (await signals()).filter((signal) => signal.kind === 'warning');
    expect(await mine()).toMatchObject([{ state: 'open' }]);
    await receive(alert('W3', { msgType: 'Cancel', ...refer('W2') }), 'meteorology-cap');
    expect(await inForce()).toEqual([]);
    expect(await mine()).toMatchObject([{ state: 'dismissed' }]);
  });

  it('a Cancel that came first ends what comes later', async () => {
    await receive(alert('X2', { msgType: 'Cancel', ...refer('X1') }), 'meteorology-cap');
    const before = (await signals()).length;
    await receive(alert('X1'), 'meteorology-cap');
    expect(await inForce()).toEqual([]);
    expect(await signals()).toHaveLength(before);
  });

  it('a test never ends an actual warning, and looks like a test', async () => {
    await receive(alert('Y1'), 'meteorology-cap');
    await receive(alert('Y2', { status: 'Test', msgType: 'Cancel', ...refer('Y1') }), 'meteorology-cap');
    expect(await inForce()).toEqual(['Y1']);
    await receive(alert('Y3', { status: 'Exercise' }), 'meteorology-cap');
    expect((await warnings()).find((warning) => warning.reference.includes('Y3'))).toMatchObject({
      reality: 'exercise',
    });
  });

  it('two languages are one signal in the own one', async () => {
    const both = `${infoXml('<headline>暴雨红色预警</headline>')}${infoXml('<headline>Red rainstorm warning</headline>').replace('zh-CN', 'en')}`;
    await receive(alert('Z1', { info: both }), 'meteorology-cap');
    const found = (await signals()).filter(
      (signal) => signal.title.includes('暴雨红色') || signal.title.includes('Red rain'),
    );
    expect(found.map((signal) => signal.title)).toEqual(['暴雨红色预警']);
    expect(
      (await warnings())
        .filter((warning) => warning.reference.includes('Z1'))
        .map((warning) => warning.language)
        .sort(),
    ).toEqual(['en', 'zh-CN']);
  });
});

describe('the log', () => {
  it('holds every signal once it is acknowledged', async () => {
    const before = await desk.store.settled();
    await receive([call('L1'), call('L2')]);
    const upTo = await desk.store.settled();
    const batch = await desk.store.batch(chief, before, upTo);
    const received = batch.events.filter((event) => event.kind === 'signalReceived');
    expect(received.map((event) => event.version)).toEqual([1, 1]);
  });
});
