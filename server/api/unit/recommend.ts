import { type Incident, isActive, isOpen } from '@/server/domain/incident.ts';
import { incidentKind } from '@/server/domain/incident-kind.ts';
import { type CitedSource, levelOf, type Plan } from '@/server/domain/plan.ts';
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
import type { Travel, TravelPlace } from '@/server/places/travel/travel-time.ts';
import type { ApiDeps } from '../deps.ts';
import { type PositionedUnit, positionedUnits } from './positioned-units.ts';

/** Nobody farther than this is looked for: the time would be too long to be a recommendation. */
const capS = 3_600;
const usual: CitedSource = {
  text: { 'zh-CN': '本类事件通常派出的力量', en: 'What is usually sent to this kind' },
  verified: true,
};

/** What an incident still needs: by the level of its running plan, or what its kind usually gets, or what the scene asked for. */
function needsOf(of: Incident, plan: Plan | null, units: ReadonlyMap<string, PositionedUnit>): DemandNeed[] {
  const engaged = of.assignments.filter(isActive).flatMap((held) => {
    const unit = units.get(held.unit)?.unit;
    return unit ? [{ kind: unit.kind, capabilities: unit.capabilities }] : [];
  });
  const asked = of.needs.flatMap<DemandNeed>((need) =>
    need.state === 'open' && need.unitKind
      ? [{ id: need.id, kinds: [need.unitKind], capabilities: [], count: need.count, source: sceneSource(need.text) }]
      : [],
  );
  const level = plan && of.plan ? levelOf(plan, of.plan.level) : null;
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

export type Recommended = Recommendation<Travel> & {
  /** Milliseconds that it took, and whose times they are. */
  readonly tookMs: number;
};

/** Several incidents at once: what one gets, another does not. */
export async function recommendUnits(deps: ApiDeps, actor: Actor, ids: readonly string[]): Promise<Recommended> {
  const began = performance.now();
  const { incidents, plans } = await deps.store.read(actor, async (tx) => {
    const held = [...(await tx.findAll('incident', ids)).values()].map((one) => one.state).filter(isOpen);
    const plans = new Map<string, Plan | null>();
    for (const one of held) if (one.plan) plans.set(one.id, await planAsStarted(tx, one.plan));
    return { incidents: held, plans };
  });
  const units = await positionedUnits(deps, actor);
  const byId = new Map(units.map((one) => [one.unit.id as string, one]));
  const demands = incidents.map<Demand>((of) => ({
    incident: of.id,
    priority: of.priority,
    lonLat: of.place.lonLat,
    needs: needsOf(of, plans.get(of.id) ?? null, byId),
  }));
  const candidates = units.map(candidateOf);
  const travelOf = await timesOf(deps, units, demands);
  return { ...recommend(demands, candidates, travelOf), tookMs: performance.now() - began };
}

/** Only those are asked about who could go at all. */
async function timesOf(deps: ApiDeps, units: readonly PositionedUnit[], demands: readonly Demand[]) {
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
    { at: deps.now(), capS },
  );
  const row = new Map(asked.map((one, at) => [one.index, at]));
  const column = new Map(targets.map((one, at) => [one.index, at]));
  return (candidate: number, demand: number): Travel | null => {
    const [i, j] = [row.get(candidate), column.get(demand)];
    const travel = i === undefined || j === undefined ? undefined : times[i]?.[j];
    return travel && !travel.atLeast ? travel : null;
  };
}
