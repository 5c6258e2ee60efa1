import { distanceM } from './distance.ts';
import { type Address, type AddressAgreement, addressOf, compareAddresses } from './fusion-address.ts';
import { compareDetails, type Details, detailsOf } from './fusion-detail.ts';
import { type KindRelation, relateKinds, type TopicName, topicsOf } from './fusion-kind.ts';
import type { FusionSubject } from './fusion-subject.ts';
import { type Grams, gramsOf, normalise, type Rarity, similarity } from './fusion-text.ts';

/** A subject read once, however many it is compared with. */
export type Prepared = {
  readonly subject: FusionSubject;
  readonly topics: readonly TopicName[];
  readonly address: Address;
  readonly details: Details;
  /** One for each voice: what one said is compared with what another said, not with all of it. */
  readonly grams: readonly Grams[];
};

export function prepare(subject: FusionSubject, rarity: Rarity): Prepared {
  const text = normalise(subject.text);
  return {
    subject,
    topics: topicsOf(text, subject.kind),
    address: addressOf(text),
    details: detailsOf(text),
    grams: [gramsOf(text, rarity)],
  };
}

const union = <T>(lists: readonly (readonly T[])[]): T[] => [...new Set(lists.flat())];

/** Where several say it is: the surer one counts for more. */
function middle(subjects: readonly FusionSubject[]): Pick<FusionSubject, 'lonLat' | 'withinM'> {
  let [lon, lat, weights] = [0, 0, 0];
  let withinM = Number.POSITIVE_INFINITY;
  for (const one of subjects) {
    if (!one.lonLat) continue;
    const weight = 1 / one.withinM ** 2;
    lon += one.lonLat[0] * weight;
    lat += one.lonLat[1] * weight;
    weights += weight;
    withinM = Math.min(withinM, one.withinM);
  }
  return weights === 0
    ? { lonLat: null, withinM: subjects[0]?.withinM ?? 0 }
    : { lonLat: [lon / weights, lat / weights], withinM };
}

/** What several have said of one thing: what one left out another tells. The first is its head. */
export function groupOf(head: Prepared, members: readonly Prepared[]): Prepared {
  if (members.length === 0) return head;
  const all = [head, ...members];
  const subjects = all.map((one) => one.subject);
  const address = (part: Exclude<keyof Address, 'stakesM'>) => union(all.map((one) => one.address[part]));
  const details = new Map<string, Set<number>>();
  for (const one of all)
    for (const [group, hits] of one.details) {
      const held = details.get(group) ?? new Set();
      for (const hit of hits) held.add(hit);
      details.set(group, held);
    }
  return {
    subject: {
      ...head.subject,
      ...middle(subjects),
      district: subjects.find((one) => one.district !== null)?.district ?? null,
      at: Math.min(...subjects.map((one) => one.at)),
      until: Math.max(...subjects.map((one) => one.until)),
      callers: union(subjects.map((one) => one.callers)),
    },
    topics: union(all.map((one) => one.topics)),
    address: {
      roads: address('roads'),
      estates: address('estates'),
      houses: address('houses'),
      buildings: address('buildings'),
      stairs: address('stairs'),
      floors: address('floors'),
      rooms: address('rooms'),
      plates: address('plates'),
      headings: address('headings'),
      stakesM: union(all.map((one) => one.address.stakesM)),
    },
    details: details as Details,
    grams: all.flatMap((one) => one.grams),
  };
}

function closest(a: readonly Grams[], b: readonly Grams[]): number | null {
  let best: number | null = null;
  for (const x of a)
    for (const y of b) {
      const value = similarity(x, y);
      if (value !== null && (best === null || value > best)) best = value;
    }
  return best;
}

/** What two subjects have in common, as figures. */
export type Pair = {
  /** Null where one of them has no point. */
  readonly distanceM: number | null;
  readonly withinM: number;
  readonly minutes: number;
  readonly kind: KindRelation;
  /** 0–1; null where one of them says nothing. */
  readonly text: number | null;
  readonly address: AddressAgreement;
  readonly details: { readonly agree: number; readonly differ: number };
  readonly sameCaller: boolean;
  /** One device speaking again; two devices; null: not both are devices. */
  readonly sameDevice: boolean | null;
  readonly sameReality: boolean;
  readonly district: 1 | 0 | -1;
};

const districtOf = (a: FusionSubject, b: FusionSubject): Pair['district'] => {
  if (a.district === null || b.district === null) return 0;
  const border = a.nearDistrict === b.district || b.nearDistrict === a.district;
  return a.district === b.district || border ? 1 : -1;
};

/** From the end of the one to the beginning of the other; what overlaps has no minutes between. */
const minutesBetween = (a: FusionSubject, b: FusionSubject): number =>
  Math.max(0, a.at - b.until, b.at - a.until) / 60_000;

export function comparePair(a: Prepared, b: Prepared): Pair {
  const [x, y] = [a.subject, b.subject];
  return {
    distanceM: x.lonLat && y.lonLat ? distanceM(x.lonLat, y.lonLat) : null,
    withinM: x.withinM + y.withinM,
    minutes: minutesBetween(x, y),
    kind: relateKinds(a.topics, b.topics),
    text: closest(a.grams, b.grams),
    address: compareAddresses(a.address, b.address),
    details: compareDetails(a.details, b.details),
    sameCaller: x.callers.some((caller) => y.callers.includes(caller)),
    sameDevice: x.device !== null && y.device !== null ? x.device === y.device : null,
    sameReality: x.reality === y.reality,
    district: districtOf(x, y),
  };
}

const positive = (value: number): number => (value > 0 ? 1 : 0);
const negative = (value: number): number => (value < 0 ? 1 : 0);

/** `+` speaks for one thing, `-` against it; the fit keeps to these signs, so that every reason can be told in words. */
export const featureSigns = {
  near: '+',
  nearAlike: '+',
  veryNear: '+',
  far: '-',
  noPoint: '-',
  districtOther: '-',
  recent: '+',
  late: '-',
  kindSame: '+',
  kindRelated: '+',
  kindUnknown: '-',
  kindOther: '-',
  text: '+',
  textHigh: '+',
  roadSame: '+',
  roadOther: '-',
  crossing: '+',
  houseSame: '+',
  houseOther: '-',
  estateSame: '+',
  estateOther: '-',
  buildingSame: '+',
  buildingOther: '-',
  buildingOpen: '-',
  stairOther: '-',
  roomSame: '+',
  roomOther: '-',
  floorSame: '+',
  floorOther: '-',
  plateSame: '+',
  plateOther: '-',
  headingSame: '+',
  headingOther: '-',
  stakeNear: '+',
  stakeFar: '-',
  detailsAgree: '+',
  detailsDiffer: '-',
  sameCaller: '+',
  sameDevice: '+',
} as const;
export type FeatureName = keyof typeof featureSigns;
export const featureNames = Object.keys(featureSigns) as FeatureName[];

/** The figures as the weights take them, each about 0–1. */
export function featuresOf(pair: Pair): Record<FeatureName, number> {
  const { address, kind } = pair;
  const known = pair.distanceM !== null;
  const gapM = pair.distanceM ?? 0;
  const near = known ? 1 / (1 + (gapM / (60 + pair.withinM / 2)) ** 2) : 0;
  const alike = kind.relation === 'same' ? 1 : kind.strength;
  const text = pair.text ?? 0;
  const lasts = pair.minutes / kind.lastsMin;
  return {
    near,
    nearAlike: near * alike,
    veryNear: known ? Math.exp(-gapM / (30 + pair.withinM / 6)) : 0,
    far: known ? Math.min(3, Math.log1p(Math.max(0, gapM - pair.withinM) / 120)) : 0,
    noPoint: known ? 0 : 1,
    districtOther: known ? 0 : negative(pair.district),
    recent: Math.exp(-lasts),
    late: Math.min(3, Math.max(0, lasts - 1)),
    kindSame: kind.relation === 'same' ? 1 : 0,
    kindRelated: kind.relation === 'related' ? kind.strength : 0,
    kindUnknown: kind.relation === 'unknown' ? 1 : 0,
    kindOther: kind.relation === 'contradictory' ? 1 : 0,
    text,
    textHigh: Math.max(0, text - 0.45) * 2,
    roadSame: positive(address.road),
    roadOther: negative(address.road),
    crossing: address.crossing ? 1 : 0,
    houseSame: positive(address.house),
    houseOther: negative(address.house),
    estateSame: positive(address.estate),
    estateOther: negative(address.estate),
    buildingSame: positive(address.building),
    buildingOther: negative(address.building),
    buildingOpen: address.buildingOpen ? 1 : 0,
    stairOther: negative(address.stair),
    roomSame: positive(address.room),
    roomOther: negative(address.room),
    floorSame: positive(address.floor),
    floorOther: negative(address.floor),
    plateSame: positive(address.plate),
    plateOther: negative(address.plate),
    headingSame: positive(address.heading),
    headingOther: negative(address.heading),
    stakeNear: address.stakeM !== null && address.stakeM <= 300 ? 1 : 0,
    stakeFar: address.stakeM !== null && address.stakeM > 300 ? Math.min(2, address.stakeM / 1000) : 0,
    detailsAgree: Math.min(2, pair.details.agree),
    detailsDiffer: Math.min(2, pair.details.differ),
    sameCaller: pair.sameCaller ? 1 : 0,
    sameDevice: pair.sameDevice ? 1 : 0,
  };
}
