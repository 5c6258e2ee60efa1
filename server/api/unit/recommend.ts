import { type Incident, isActive, isOpen } from '@/server/domain/incident.ts';
import { incidentKind } from '@/server/domain/incident-kind.ts';
import { type CitedSource, levelOf, type PlanLevel } from '@/server/domain/plan.ts';
import { openNeeds } from '@/server/domain/plan-run.ts';
import {
  type Candidate,
  type Demand,
  type DemandNeed,
  type Recommendation,
  recommend,
} from '@/server/domain/recommend.ts';
import type { Actor } from '@/server/domain/role.ts';
import { mayBeSent } from '@/server/domain/unit.ts';
import { planAsStarted } from '@/server/ops/plan-as-started.ts';
import { travelOfUnits } from '@/server/places/travel/travel-of-units.ts';
import type { Travel, TravelPlace, TravelQuery } from '@/server/places/travel/travel-time.ts';
import type { ApiDeps } from '../deps.ts';
import { type PositionedUnit, positionedUnits } from './positioned-units.ts';

/** Nobody farther than this is looked for: the time would be too long to be a recommendation. */
const capS = 3_600;
const usual: CitedSource = {
  text: { 'zh-CN': '本类事件通常派出的力量', en: 'What is usually sent to this kind' },
  verified: true,
};

type Conditions = NonNullable<TravelQuery['conditions']>;

/** What an incident still needs: by the level of its running plan, or what its kind usually gets, or what the scene asked for. */
function needsOf(of: Incident, level: PlanLevel | null, units: ReadonlyMap<string, PositionedUnit>): DemandNeed[] {
  const engaged = of.assignments.filter(isActive).flatMap((held) => {
    const unit = units.get(held.unit)?.unit;
    return unit ? [{ kind: unit.kind, capabilities: unit.capabilities }] : [];
  });
  const asked = of.needs.flatMap<DemandNeed>((need) =>
    need.state === 'open' && need.unitKind
      ? [{ id: need.id, kinds: [need.unitKind], capabilities: [], count: need.count, source: sceneSource(need.text) }]
      : [],
  );
  if (level) return [...openNeeds(level, engaged), ...asked];
  const kinds = of.kind === null ? [] : (incidentKind(of.kind)?.units ?? []);
  const had = new Set([...engaged.map((unit) => unit.kind)]);
  const plain = kinds
    .filter((kind) => !had.has(kind))
    .map<DemandNeed>((kind) => ({ id: kind, kinds: [kind], capabilities: [], count: 1, source: usual }));
  return [...plain, ...asked];
}
const sceneSource = (text: string): CitedSource => ({
  text: { 'zh-CN': `现场请求：${text}`.slice(0, 500), en: `Asked for by the scene: ${text}`.slice(0, 500) },
  verified: true,
});

const candidateOf = ({ unit, fix, place }: PositionedUnit): Candidate => ({
  id: unit.id,
  callSign: unit.callSign,
  kind: unit.kind,
  capabilities: unit.capabilities,
  department: unit.department,
  district: unit.district,
  check: mayBeSent(unit),
  freshness: fix?.freshness ?? 'unknown',
  fixAgeS: fix ? fix.ageMs / 1000 : null,
  lonLat: place?.lonLat ?? null,
});

type Words = { readonly 'zh-CN': string; readonly en: string };
/** What was asked for, so that a screen can say what a pick is for. */
export type AskedNeed = Pick<DemandNeed, 'kinds' | 'capabilities' | 'count'> & {
  readonly incident: string;
  readonly need: string;
  readonly role: Words | null;
};
export type Recommended = Recommendation<Travel> & {
  readonly needs: readonly AskedNeed[];
  /** Names of the districts that the cover speaks of. */
  readonly districts: Readonly<Record<string, Words>>;
  /** Milliseconds that it took. */
  readonly tookMs: number;
};

function askedNeeds(demands: readonly Demand[], levels: ReadonlyMap<string, PlanLevel | null>): AskedNeed[] {
  return demands.flatMap(({ incident, needs }) =>
    needs.map(({ id, kinds, capabilities, count }) => {
      const role = levels.get(incident)?.units.find((one) => one.id === id)?.role ?? null;
      return { incident, need: id, kinds, capabilities, count, role };
    }),
  );
}

function districtNames({ districts }: ApiDeps['city'], cover: Recommended['cover']): Recommended['districts'] {
  const named = cover.flatMap(({ emptied }) => emptied).map((code) => [code, districts.get(code)] as const);
  return Object.fromEntries(
    named.map(([code, of]) => [code, { 'zh-CN': of?.name ?? code, en: of?.nameEn ?? of?.name ?? code }]),
  );
}

/** Several incidents at once: what one gets, another does not. */
export async function recommendUnits(
  deps: ApiDeps,
  actor: Actor,
  { incidents: ids, conditions }: { readonly incidents: readonly string[]; readonly conditions: Conditions },
): Promise<Recommended> {
  const began = performance.now();
  const { incidents, levels } = await deps.store.read(actor, async (tx) => {
    const held = [...(await tx.findAll('incident', ids)).values()].map((one) => one.state).filter(isOpen);
    const levels = new Map<string, PlanLevel | null>();
    for (const { id, plan: run } of held) {
      const plan = run && (await planAsStarted(tx, run));
      levels.set(id, run && plan ? levelOf(plan, run.level) : null);
    }
    return { incidents: held, levels };
  });
  const units = await positionedUnits(deps, actor);
  const byId = new Map(units.map((one) => [one.unit.id as string, one]));
  const demands = incidents.map<Demand>((of) => ({
    incident: of.id,
    priority: of.priority,
    lonLat: of.place.lonLat,
    needs: needsOf(of, levels.get(of.id) ?? null, byId),
  }));
  const candidates = units.map(candidateOf);
  const travelOf = await timesOf(deps, units, demands, conditions);
  const found = recommend(demands, candidates, travelOf);
  return {
    ...found,
    needs: askedNeeds(demands, levels),
    districts: districtNames(deps.city, found.cover),
    tookMs: performance.now() - began,
  };
}

/** Only those are asked about who could go at all. */
async function timesOf(
  deps: Pick<ApiDeps, 'city' | 'travel' | 'now'>,
  units: readonly PositionedUnit[],
  demands: readonly Demand[],
  conditions: Conditions,
) {
  const wanted = new Set(demands.flatMap((demand) => demand.needs.flatMap((need) => need.kinds)));
  const asked = units.flatMap(({ unit, place }, index) =>
    place && wanted.has(unit.kind) && mayBeSent(unit) === 'free' ? [{ index, kind: unit.kind, place }] : [],
  );
  const targets = demands.flatMap(({ lonLat }, index) =>
    lonLat ? [{ index, place: { lonLat, district: deps.city.districtOf(lonLat).district } satisfies TravelPlace }] : [],
  );
  const times = await travelOfUnits(
    deps.travel,
    asked,
    targets.map((one) => one.place),
    { at: deps.now(), capS, conditions },
  );
  const row = new Map(asked.map((one, at) => [one.index, at]));
  const column = new Map(targets.map((one, at) => [one.index, at]));
  return (candidate: number, demand: number): Travel | null => {
    const [i, j] = [row.get(candidate), column.get(demand)];
    const travel = i === undefined || j === undefined ? undefined : times[i]?.[j];
    return travel && !travel.atLeast ? travel : null;
  };
}
