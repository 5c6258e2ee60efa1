import type { ReadTx } from './store.ts';

type Reader = Pick<ReadTx, 'query'>;
/** One series may lie under several names: a part's own, or its station's. */
export type SeriesName = { readonly subject: string; readonly property: string };
export type Span = { readonly from: number; readonly to: number };

/**
 * A line of a station lies under its own name, and where it came from a part of it (`<hospital>/<kind of bed>`) under the part's; what is not
 * named like its part is written `<property>:<part>`.
 */
export function namesOfLine(station: string, line: string): SeriesName[] {
  const colon = line.indexOf(':');
  const part = colon > 0 ? [{ subject: `${station}/${line.slice(colon + 1)}`, property: line.slice(0, colon) }] : [];
  return [{ subject: station, property: line }, { subject: `${station}/${line}`, property: line }, ...part];
}

/** Columns. Each point stands for what lies between `first` and `last`; where it is one value, they are equal, and so are the values. */
export type ReadingSeries = {
  readonly unit: string | null;
  /** Width of a point in ms; 0: every value is there. */
  readonly widthMs: number;
  readonly at: readonly number[];
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly mean: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly count: readonly number[];
  /** How many of them were not good. */
  readonly doubtful: readonly number[];
  /** Values in another unit; they are not drawn into the same line. */
  readonly otherUnits: number;
};

const mostPoints = 1_500;
const buckets = 1_000;
const minuteMs = 60_000;

/** Full resolution while it is kept, and what retention has made of the days before. */
const rows = `
  select at, value as mean, value as low, value as high, 1 as n, (quality <> 'good')::int as doubtful, unit
  from reading_history where (subject, property) in (select * from unnest($1::text[], $2::text[]))
    and at >= $3 and at <= $4 and value is not null and quality not in ('bad', 'missing')
  union all
  select at, mean, low, high, count, 0, unit
  from reading_minute where (subject, property) in (select * from unnest($1::text[], $2::text[]))
    and at >= $3 and at <= $4 and mean is not null`;

const named = (of: readonly SeriesName[], { from, to }: Span): unknown[] => [
  of.map(({ subject }) => subject),
  of.map(({ property }) => property),
  from,
  to,
];

/** Wide enough that a screen never gets more than it can draw, in whole minutes. */
export const widthOf = ({ from, to }: Span): number =>
  Math.max(minuteMs, Math.ceil((to - from) / buckets / minuteMs) * minuteMs);

export async function readingSeries(
  tx: Reader,
  of: readonly SeriesName[],
  span: Span & { readonly unit?: string | null },
): Promise<ReadingSeries> {
  const units = await tx.query<{ unit: string | null; count: number }>(
    `select unit, count(*)::int as count from (${rows}) r group by unit order by count(*) desc, unit`,
    named(of, span),
  );
  const chosen = units.find(({ unit }) => unit === span.unit) ?? units[0];
  const total = units.reduce((sum, one) => sum + one.count, 0);
  const count = chosen?.count ?? 0;
  const widthMs = count > mostPoints ? widthOf(span) : 0;
  const slot = widthMs === 0 ? 'at' : `at / ${widthMs}`;
  const [series] = await tx.query<Omit<ReadingSeries, 'unit' | 'widthMs' | 'otherUnits'>>(
    `with point as (
       select round(avg(at))::bigint as at, min(at) as first, max(at) as last, sum(mean * n) / sum(n) as mean, min(low) as low,
              max(high) as high, sum(n)::int as count, sum(doubtful)::int as doubtful
       from (${rows}) r where unit is not distinct from $5 group by ${slot})
     select coalesce(json_agg(at order by at), '[]') as at, coalesce(json_agg(first order by at), '[]') as first,
            coalesce(json_agg(last order by at), '[]') as last, coalesce(json_agg(mean order by at), '[]') as mean,
            coalesce(json_agg(low order by at), '[]') as low, coalesce(json_agg(high order by at), '[]') as high,
            coalesce(json_agg(count order by at), '[]') as count, coalesce(json_agg(doubtful order by at), '[]') as doubtful
     from point`,
    [...named(of, span), chosen?.unit ?? null],
  );
  return { ...(series as NonNullable<typeof series>), unit: chosen?.unit ?? null, widthMs, otherUnits: total - count };
}

/** As it was stored: missing and bad values too, with both clocks. */
export type ReadingPage = {
  readonly property: readonly string[];
  readonly observedAt: readonly number[];
  readonly receivedAt: readonly number[];
  readonly value: readonly (number | null)[];
  readonly unit: readonly (string | null)[];
  readonly quality: readonly string[];
  /** Ask again from here; null: that was all. */
  readonly next: number | null;
};

type Row = {
  property: string;
  at: number;
  received_at: number;
  value: number | null;
  unit: string | null;
  quality: string;
};

const perPage = 10_000;

export async function readingPage(
  tx: Reader,
  of: readonly SeriesName[],
  span: Span,
  most = perPage,
): Promise<ReadingPage> {
  const found = await tx.query<Row>(
    `select property, at, received_at, value, unit, quality from reading_history
     where (subject, property) in (select * from unnest($1::text[], $2::text[])) and at >= $3 and at <= $4
     order by at, property, received_at limit $5`,
    [...named(of, span), most + 1],
  );
  const last = found.at(-1);
  const more = found.length > most && last !== undefined;
  // A page ends between two moments, so that the next one can begin with a moment.
  const whole = more ? found.filter(({ at }) => at < last.at) : found;
  const page = more && whole.length === 0 ? found : whole;
  return {
    property: page.map(({ property }) => property),
    observedAt: page.map(({ at }) => at),
    receivedAt: page.map((row) => row.received_at),
    value: page.map(({ value }) => value),
    unit: page.map(({ unit }) => unit),
    quality: page.map(({ quality }) => quality),
    next: !more ? null : whole.length === 0 ? last.at + 1 : last.at,
  };
}
