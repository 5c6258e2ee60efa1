import type { LonLat } from '@/server/domain/place.ts';
import { estimateTravel } from '../estimate-travel.ts';
import type { TravelProfile } from '../roads/arc-seconds.ts';
import type { RoadCondition } from '../roads/conditions.ts';
import type { Crossing } from '../roads/roads.ts';

export type TravelSource = 'graph' | 'osrm' | 'valhalla' | 'line';
export type TravelPlace = { readonly lonLat: LonLat; readonly district: string | null };
export type TravelQuery = {
  /** When somebody would set off; engines that know traffic by the hour use it. */
  readonly at: number;
  readonly profile: TravelProfile;
  readonly conditions?: readonly RoadCondition[];
  /** Against one-way streets, for vehicles on duty. */
  readonly againstOneway?: boolean;
  /** Whoever is farther away is told as "at least" this. */
  readonly capS?: number;
  /**
   * Only so many `from` of each `to` must be exact, the nearest; the others may come as "at least". Where k places are to be filled in
   * all, some best plan uses only the k nearest of each.
   */
  readonly nearest?: number;
};
/** Why a better source did not answer. */
export type TravelGap = 'off-road' | 'no-way' | 'not-answering';
export type Travel = {
  readonly seconds: number;
  readonly distanceM: number;
  readonly source: TravelSource;
  /** The time is a lower bound: there is no way within it. */
  readonly atLeast: boolean;
  readonly acrossRiver: boolean;
  /** The big river's bridge or tunnel it takes, where the source tells it. */
  readonly crossing: { readonly id: string; readonly name: string; readonly nameEn: string | null } | null;
  readonly gap: TravelGap | null;
};
export type TravelRoute = Travel & {
  readonly line: readonly LonLat[];
  readonly along: readonly { readonly name: string | null; readonly metres: number }[];
};

export type EngineAnswer =
  | Pick<Travel, 'seconds' | 'distanceM' | 'atLeast' | 'crossing'>
  | { readonly gap: Exclude<TravelGap, 'not-answering'> };
export type EngineRoute = Pick<Travel, 'seconds' | 'distanceM' | 'crossing'> & Pick<TravelRoute, 'line' | 'along'>;
/** Rows by `from`, columns by `to`. A refusal says why nobody answered at all. */
export type EngineMatrix = readonly (readonly EngineAnswer[])[];
export type EngineRefusal = { readonly refused: string };
export type TravelEngine = {
  readonly source: Exclude<TravelSource, 'line'>;
  /** Whether it keeps to the closures and floods of a query. */
  readonly knowsConditions: boolean;
  /** Null: not there, nobody is asked. */
  state(): EngineState | null;
  matrix(
    from: readonly TravelPlace[],
    to: readonly TravelPlace[],
    query: TravelQuery,
  ): Promise<EngineMatrix | EngineRefusal>;
  route(from: TravelPlace, to: TravelPlace, query: TravelQuery): Promise<EngineRoute | EngineAnswer | EngineRefusal>;
};
export type EngineState = { readonly ready: boolean; readonly since: number | null; readonly reason: string | null };

/** A bridge or tunnel over a big river, as a query closes it: `{ on: { crossing: id }, factor: 'closed' }`. */
export type NamedCrossing = Pick<Crossing, 'id' | 'name' | 'nameEn' | 'kind' | 'river' | 'riverEn' | 'at'>;

/** The port. Rows by `from`, columns by `to`; every pair has an answer, and says whose it is. */
export type TravelTime = {
  matrix(from: readonly TravelPlace[], to: readonly TravelPlace[], query: TravelQuery): Promise<Travel[][]>;
  route(from: TravelPlace, to: TravelPlace, query: TravelQuery): Promise<TravelRoute>;
  engines(): readonly ({ readonly source: TravelSource } & EngineState)[];
  /** Over the city's big rivers; none without a road graph. */
  crossings(): readonly NamedCrossing[];
};

/** Asks the engines in order; what one leaves open goes to the next, and at last to the straight line. */
export function createTravelTime(
  engines: readonly TravelEngine[],
  crossings: () => readonly Crossing[] = () => [],
): TravelTime {
  const present = (query: TravelQuery): readonly TravelEngine[] => {
    const there = engines.filter((engine) => engine.state()?.ready);
    // A closure must count: an engine that cannot know of it is asked only where none can.
    if (!query.conditions?.length) return there;
    return [...there.filter((one) => one.knowsConditions), ...there.filter((one) => !one.knowsConditions)];
  };

  return {
    async matrix(from, to, query) {
      const answers = from.map(() => to.map(() => null as Travel | null));
      const gaps = from.map(() => to.map(() => null as TravelGap | null));
      if (from.length === 0 || to.length === 0) return answers as Travel[][];
      for (const engine of present(query)) {
        const rows = from.flatMap((_, i) => (answers[i]!.includes(null) ? [i] : []));
        const columns = to.flatMap((_, j) => (answers.some((row) => row[j] === null) ? [j] : []));
        if (rows.length === 0) break;
        const matrix = await engine.matrix(
          rows.map((i) => from[i]!),
          columns.map((j) => to[j]!),
          query,
        );
        rows.forEach((i, row) => {
          columns.forEach((j, column) => {
            if (answers[i]![j]) return;
            if ('refused' in matrix) gaps[i]![j] ??= 'not-answering';
            else {
              const one = matrix[row]?.[column] ?? { gap: 'no-way' };
              if ('gap' in one) gaps[i]![j] = one.gap;
              else answers[i]![j] = answered(engine.source, one, from[i]!, to[j]!);
            }
          });
        });
      }
      return answers.map((row, i) => row.map((one, j) => one ?? byLine(from[i]!, to[j]!, gaps[i]![j]!)));
    },
    async route(from, to, query) {
      let gap: TravelGap | null = null;
      for (const engine of present(query)) {
        const route = await engine.route(from, to, query);
        if ('refused' in route) gap ??= 'not-answering';
        else if ('gap' in route) gap = route.gap;
        else if ('line' in route)
          return {
            ...answered(engine.source, { ...route, atLeast: false }, from, to),
            line: route.line,
            along: route.along,
          };
      }
      return { ...byLine(from, to, gap), line: [from.lonLat, to.lonLat], along: [] };
    },
    engines: () =>
      engines.flatMap((engine) => {
        const state = engine.state();
        return state ? [{ source: engine.source, ...state }] : [];
      }),
    crossings: () =>
      crossings()
        .filter(({ major }) => major)
        .map(({ id, name, nameEn, kind, river, riverEn, at }) => ({ id, name, nameEn, kind, river, riverEn, at })),
  };
}

function answered(
  source: TravelSource,
  { seconds, distanceM, atLeast, crossing }: Exclude<EngineAnswer, { gap: unknown }>,
  from: TravelPlace,
  to: TravelPlace,
): Travel {
  // The graph says itself which bridge it takes; of others, and beyond the cap, only the banks are known.
  const line = source === 'graph' && !atLeast ? null : estimateTravel(from, to);
  return {
    // Nobody beyond the cap may look nearer than the straight line says.
    seconds: Math.round(atLeast && line ? Math.max(seconds, line.seconds) : seconds),
    distanceM: Math.round(atLeast && line ? Math.max(distanceM, line.distanceM) : distanceM),
    source,
    atLeast,
    acrossRiver: crossing !== null || (line?.acrossRiver ?? false),
    crossing,
    gap: null,
  };
}

function byLine(from: TravelPlace, to: TravelPlace, gap: TravelGap | null): Travel {
  const { seconds, distanceM, source, acrossRiver } = estimateTravel(from, to);
  return { seconds, distanceM, source, atLeast: false, acrossRiver, crossing: null, gap };
}
