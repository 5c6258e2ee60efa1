import { bundle, type HospitalCounts } from './fhir/report.ts';
import { sendHttp } from './link/http-sender.ts';
import { type Outbox, outbox } from './link/outbox.ts';
import type { Tokens } from './link/tokens.ts';
import { notification, offStreetParking, type Told, touristAttraction, weatherObserved } from './ngsi/entity.ts';
import type { Options } from './options.ts';
import { envelope, iso, type PushRecord, type PushSource } from './push/record.ts';
import type { Random } from './random.ts';
import { collection, thing } from './sensorthings/observation.ts';
import type { Station } from './stations/station.ts';

/** Sources that post documents of a protocol of their own. */
export const documentSources = [
  'meteorology-ngsi',
  'culture-visitors',
  'transport-parking',
  'emergency-sensorthings',
  'health-fhir',
] as const;

type Parts = {
  readonly options: Options;
  readonly rng: Random;
  readonly now: () => number;
  readonly told: (text: string) => void;
  readonly tokens: Tokens;
  readonly push: (source: PushSource, record: PushRecord) => void;
};
type Values = ReadonlyMap<string, number>;
type Say = (station: Station, values: Values, atMs: number) => void;

const maximumOf = (station: Station, property: string) =>
  station.measures.find((measure) => measure.property === property)?.maximum ?? 0;
const told = ({ key, name, at }: Station, values: Values, observedAtMs: number): Told => ({
  id: key,
  name,
  at,
  observedAtMs,
  values,
});

/** What stations say by HTTP: post boxes of NGSI-LD, SensorThings and FHIR, and shelters by the push profile. By scheme. */
export function posts({ options, rng, now, told: tell, tokens, push }: Parts) {
  const boxes: Outbox<object>[] = [];
  const post = (
    source: (typeof documentSources)[number],
    protocol: string,
    { name, write }: { name: string; write: (batch: readonly object[]) => string },
  ) => {
    const url = new URL(`/v1/${protocol}`, options.push);
    const box = outbox<object>({
      ...{ name, now, told: tell, rng, limit: 2_000, batch: 100 },
      send: (batch) => sendHttp({ url, contentType: 'application/json', token: tokens.of(source), body: write(batch) }),
    });
    boxes.push(box);
    return box;
  };
  let notifications = 0;
  const notify = (batch: readonly object[]) => notification(batch, { number: ++notifications, atMs: now() });
  const weather = post('meteorology-ngsi', 'ngsi', { name: '气象站 NGSI-LD', write: notify });
  const visitors = post('culture-visitors', 'ngsi', { name: '景区客流 NGSI-LD', write: notify });
  const parking = post('transport-parking', 'ngsi', { name: '停车 NGSI-LD', write: notify });
  const poles = post('emergency-sensorthings', 'sensorthings', { name: 'SensorThings', write: collection });
  const beds = post('health-fhir', 'fhir', {
    name: 'FHIR',
    write: (batch) => bundle(batch as readonly HospitalCounts[]),
  });

  const byKind: Readonly<Record<string, Say>> = {
    weather: (station, values, atMs) => weather.put(weatherObserved(told(station, values, atMs))),
    scenic: (station, values, atMs) => {
      const maximum = maximumOf(station, 'site-visitors');
      const inside = maximum - (values.get('site-visitors') ?? 0);
      visitors.put(touristAttraction(told(station, values, atMs), { inside, maximum }));
    },
    parking: (station, values, atMs) => {
      const counts = { available: values.get('parking') ?? 0, maximum: maximumOf(station, 'parking') };
      parking.put(offStreetParking(told(station, values, atMs), counts));
    },
  };

  const byScheme: Readonly<Record<string, Say>> = {
    ngsi: (station, values, atMs) => byKind[station.kind]?.(station, values, atMs),
    sensorthings: ({ key, name, at }, values, atMs) =>
      poles.put(
        thing({
          // The register names it as a server would: `Thing(<id>)`.
          id: /^Thing\((.*)\)$/.exec(key)?.[1] ?? key,
          name,
          at,
          observedAtMs: atMs,
          values: [...values].map(([property, value]) => ({ property, value })),
        }),
      ),
    fhir: (station, values, atMs) =>
      beds.put({
        id: station.key,
        name: station.name,
        observedAtMs: atMs,
        counts: [...values].map(([resource, free]) => ({ resource, total: maximumOf(station, resource), free })),
      } satisfies HospitalCounts),
    shelter: (station, values, atMs) => {
      const [available, maximum] = [values.get('shelter-place') ?? 0, maximumOf(station, 'shelter-place')];
      push('emergency-shelter', {
        kind: 'capacity',
        ...envelope({ scheme: 'shelter', key: station.key }, atMs, {
          at: station.at,
          dedupeKey: `shelter/${station.key}/${iso(atMs)}`,
        }),
        facility: station.name,
        resource: 'shelter-place',
        available,
        baseline: maximum,
        maximum,
        state: available === 0 ? 'full' : 'open',
        asOf: iso(atMs),
      });
    },
  };
  return { byScheme, boxes: boxes as readonly Outbox<object>[] };
}
