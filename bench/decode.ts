import { performance } from 'node:perf_hooks';
import { openDecodeStream } from '@/server/feeds/decode-stream.ts';
import { protocolById } from '@/server/feeds/registry.ts';
import { encodeCap } from '@/sim/cap/encode.ts';
import { bulletin, type WarningName, warnings } from '@/sim/cap/warnings.ts';
import { ids, locationBody } from '@/sim/jt808/body.ts';
import { encodeFrame } from '@/sim/jt808/frame.ts';
import { batchBody } from '@/sim/push/record.ts';
import { type Emit, round } from './figures.ts';

const secondsEach = 1.5;
const warning = Object.keys(warnings)[0] as WarningName;
const someTime = Date.UTC(2026, 6, 1, 2);

const location = (index: number) =>
  locationBody({
    at: [118.7 + (index % 100) / 1_000, 32 + (index % 70) / 1_000],
    gcj02: false,
    fixed: true,
    accOn: true,
    emergency: false,
    altitudeM: 12,
    speedMps: 11,
    headingDeg: index % 360,
    observedAtMs: someTime + index * 1_000,
    mileageM: 1_000,
    fuelL: 30,
    satellites: 11,
  });

const terminals = () =>
  Buffer.concat(
    Array.from({ length: 500 }, (_, index) =>
      encodeFrame({ id: ids.location, edition: 2019, terminal: '014400000001', serial: index, body: location(index) }),
    ),
  );

const positions = () =>
  Buffer.from(
    batchBody(
      Array.from({ length: 200 }, (_, index) => ({
        kind: 'position' as const,
        subject: { scheme: 'bench', key: `unit-${index}` },
        observedAt: new Date(someTime).toISOString(),
        sourceAt: new Date(someTime).toISOString(),
        relayedAt: null,
        geometry: { type: 'Point' as const, coordinates: [118.7 + index / 1_000, 32] as const },
        crsReceived: 'wgs84' as const,
        geometrySource: 'message' as const,
        quality: { state: 'good' as const, flags: [] },
        dedupeKey: `bench/${index}`,
        revision: 1,
        privacy: 'none' as const,
        altitudeM: null,
        speedMps: 11,
        headingDeg: 90,
        accuracyM: 8,
        fixed: true,
        extras: {},
      })),
    ),
  );

/** Bytes → records by the same code that a transport runs, one core, whole messages. */
export async function decode(emit: Emit): Promise<void> {
  const inputs: readonly [string, Buffer, string][] = [
    ['jt808', terminals(), '500 location reports'],
    ['cap', Buffer.from(encodeCap(bulletin(warning, someTime, []))), 'one bulletin'],
    ['push', positions(), '200 positions'],
  ];
  for (const [id, bytes, what] of inputs) {
    const protocol = protocolById(id);
    if (!protocol) continue;
    const options = protocol.options.parse({});
    let [records, refusals, rounds] = [0, 0, 0];
    const started = performance.now();
    const until = started + secondsEach * 1_000;
    while (performance.now() < until) {
      const stream = openDecodeStream(protocol, { mode: 'records', options });
      for (const one of [...stream.push(bytes), ...stream.end()]) one.kind === 'record' ? records++ : refusals++;
      rounds++;
    }
    const seconds = (performance.now() - started) / 1_000;
    emit({
      bench: 'decode',
      protocol: id,
      what,
      recordsPerS: Math.round(records / seconds),
      mbPerS: round((rounds * bytes.length) / seconds / 1e6),
      refusals,
    });
  }
}
