import type { FusionSubject } from '@/server/domain/fusion-subject.ts';
import type { Incident } from '@/server/domain/incident.ts';
import type { Signal } from '@/server/domain/signal.ts';
import type { ReadTx } from '@/server/store/store.ts';

/** How far, how long back, and how many at most a search brings up: what one signal may cost is bounded. */
export const searchBounds = { metres: 3_000, hours: 20, near: 24, marked: 24, recent: 40, members: 8 } as const;

export type Sought = { readonly subject: FusionSubject; readonly marks: readonly string[] };

const metresPerDegree = 111_320;
const search = `
  select s.n, found.target from json_to_recordset($1::json) as
    s(n int, lon float8, lat float8, east float8, north float8, since bigint, district text, marks text[])
  cross join lateral (
    (select target from fusion_subject where head and lon is not null and at >= s.since
       and point(lon, lat) <@ box(point(s.lon - s.east, s.lat - s.north), point(s.lon + s.east, s.lat + s.north))
     order by point(lon, lat) <-> point(s.lon, s.lat) limit ${searchBounds.near})
    union
    (select target from fusion_subject where marks && s.marks and at >= s.since order by at desc limit ${searchBounds.marked})
    union
    (select target from fusion_subject where s.lon is null and head and at >= s.since
       and (s.district is null or district is null or district = s.district)
     order by at desc limit ${searchBounds.recent})
  ) as found`;

/**
 * Targets (`incident/…` or a lead's `signal/…`) by the index of each signal that seeks: near its point, named by the same marks, or,
 * where it has no point, begun lately.
 */
export async function candidatesOf(tx: ReadTx, sought: readonly Sought[]): Promise<Map<number, string[]>> {
  const rows = sought.map(({ subject, marks }, n) => {
    const north = searchBounds.metres / metresPerDegree;
    const [lon, lat] = subject.lonLat ?? [null, null];
    return {
      n,
      lon,
      lat,
      east: lat === null ? null : north / Math.cos((lat * Math.PI) / 180),
      north,
      since: Math.floor(subject.at) - searchBounds.hours * 3_600_000,
      district: subject.district,
      marks,
    };
  });
  const found = await tx.query<{ n: number; target: string }>(search, [JSON.stringify(rows)]);
  const targets = new Map<number, string[]>();
  for (const { n, target } of found) targets.set(n, [...(targets.get(n) ?? []), target]);
  return targets;
}

export type Voice =
  | { readonly of: 'incident'; readonly incident: Incident }
  | { readonly of: 'signal'; readonly signal: Signal };

const voices = `
  with asked as (select unnest($1::text[]) as target),
  streams as (
    select target, target as stream, 0 as place from asked
    union all
    select asked.target, m.stream, 1 from asked
    cross join lateral (select stream from fusion_subject where target = asked.target and not head
      order by at limit ${searchBounds.members}) as m
  )
  select s.target, s.stream, coalesce(i.body, g.body) as body from streams s
  left join incident i on s.stream like 'incident/%' and i.id = substr(s.stream, 10)
  left join signal g on s.stream like 'signal/%' and g.id = substr(s.stream, 8)
  order by s.place`;

/** Each target, and the first that joined it: enough to know what it is about. Its own voice comes first. */
export async function voicesOf(tx: ReadTx, targets: readonly string[]): Promise<Map<string, Voice[]>> {
  if (targets.length === 0) return new Map();
  const rows = await tx.query<{ target: string; stream: string; body: unknown }>(voices, [targets]);
  const said = new Map<string, Voice[]>();
  for (const { target, stream, body } of rows) {
    if (body === null) continue;
    const voice: Voice = stream.startsWith('incident/')
      ? { of: 'incident', incident: body as Incident }
      : { of: 'signal', signal: body as Signal };
    said.set(target, [...(said.get(target) ?? []), voice]);
  }
  return said;
}
