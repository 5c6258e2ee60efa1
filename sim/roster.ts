import { districts, places } from './network/places.ts';
import { random } from './random.ts';

/**
 * Who drives in the simulated city. The first `dispatchableCount` are the units that can be sent: the same for every seed,
 * because the server's demo seed knows them from `server/store/seed/demo-units.json`, written from here.
 */
export const dispatchableCount = 120;

export type UnitKind =
  | 'patrol-car'
  | 'fire-engine'
  | 'ambulance'
  | 'pump-truck'
  | 'repair-crew'
  | 'tow-truck'
  | 'sanitation'
  | 'bus'
  | 'taxi'
  | 'hazmat';

export type RosterUnit = {
  readonly id: string;
  readonly callSign: string;
  readonly name: string;
  readonly kind: UnitKind;
  readonly department: string;
  /** GB/T 2260. */
  readonly district: string;
  readonly subject: { readonly scheme: string; readonly key: string };
  /** Place where it belongs. */
  readonly home: string;
  readonly plate: string;
  /**
   * How it reports: its own terminal by either edition of JT/T 808, its operator's platform by JT/T 809, the bus company's page of
   * vehicle positions (GTFS Realtime), or its department's push.
   */
  readonly link: 'jt808-2013' | 'jt808-2019' | 'jt809' | 'gtfs' | 'push';
  /** Its terminal's positions went through the secrecy plug-in (status bit 5). */
  readonly gcj02: boolean;
};

type KindRow = { kind: UnitKind; sign: string; zh: string; department: string; count: number; link: 'jt808' | 'push' };
const kinds: readonly KindRow[] = [
  { kind: 'patrol-car', sign: '巡', zh: '巡逻车', department: 'police', count: 40, link: 'jt808' },
  { kind: 'fire-engine', sign: '消', zh: '消防车', department: 'fire', count: 22, link: 'jt808' },
  { kind: 'ambulance', sign: '急', zh: '救护车', department: 'health', count: 22, link: 'jt808' },
  { kind: 'pump-truck', sign: '泵', zh: '排水泵车', department: 'water', count: 12, link: 'push' },
  { kind: 'repair-crew', sign: '修', zh: '抢修车', department: 'urban-management', count: 10, link: 'push' },
  { kind: 'sanitation', sign: '环', zh: '环卫车', department: 'urban-management', count: 8, link: 'jt808' },
  { kind: 'tow-truck', sign: '拖', zh: '清障车', department: 'transport', count: 6, link: 'jt808' },
];

const districtCodes = Object.keys(districts);
/** Inner districts hold more units than the outer ones; the order also deals them out. */
const deal = [0, 1, 2, 3, 4, 5, 6, 7, 8, 3, 1, 2, 7, 9, 0, 5, 4, 10, 7, 1, 3, 2];

const digits = (value: number, width: number) => String(value).padStart(width, '0');

/**
 * Terminal numbers start with 144 and have 11 digits: that prefix is for 13-digit machine numbers only, so no person has
 * one. Trial plates (试) belong to no registered vehicle either.
 */
const terminalNumber = (index: number) => `0144${digits(index + 1, 8)}`;
const plate = (index: number) => `苏A${digits(index + 1, index < 9_999 ? 4 : 5)}试`;

function dispatchable(): RosterUnit[] {
  const left = kinds.map((row) => ({ row, given: 0 }));
  const perDistrict = new Map<string, number>();
  const units: RosterUnit[] = [];
  while (units.length < dispatchableCount) {
    // Deal so that any prefix holds every kind in about its share.
    const turn = left.reduce((best, each) => (each.given / each.row.count < best.given / best.row.count ? each : best));
    const { row } = turn;
    const d = deal[(turn.given + kinds.indexOf(row) * 3) % deal.length]!;
    turn.given += 1;
    const district = districtCodes[d]!;
    const inDistrict = (perDistrict.get(`${row.kind}/${d}`) ?? 0) + 1;
    perDistrict.set(`${row.kind}/${d}`, inDistrict);
    // Police count their areas from 11 (巡1201: the first car of 秦淮), the others from 01.
    const sign = `${digits(d + (row.kind === 'patrol-car' ? 11 : 1), 2)}${digits(inDistrict, 2)}`;
    const homes = places.filter((place) => place.district === district);
    const index = units.length;
    units.push({
      id: `${row.kind}-${sign}`,
      callSign: row.sign + sign,
      name: `${districts[district]!.replace(/区$/, '')}${row.zh}${digits(inDistrict, 2)}`,
      kind: row.kind,
      department: row.department,
      district,
      subject:
        row.link === 'push'
          ? { scheme: 'units-push', key: `${row.kind}-${sign}` }
          : { scheme: 'jt808', key: terminalNumber(index) },
      home: homes[(inDistrict * 5 + kinds.indexOf(row)) % homes.length]!.id,
      plate: plate(index),
      link: row.link === 'push' ? 'push' : index % 3 === 0 ? 'jt808-2019' : 'jt808-2013',
      gcj02: false,
    });
  }
  return units;
}

function traffic(seed: number, index: number): RosterUnit {
  const rng = random(seed, `roster/${index}`);
  const isBus = index % 3 === 0;
  const home = rng.pick(places);
  const number = digits(index - dispatchableCount + 1, 4);
  return {
    id: `${isBus ? 'bus' : 'taxi'}-${number}`,
    callSign: `${isBus ? '公交' : '出租'}${number}`,
    name: `${isBus ? '公交车' : '出租车'}${number}`,
    kind: isBus ? 'bus' : 'taxi',
    department: 'transport',
    district: home.district,
    subject: { scheme: 'jt808', key: terminalNumber(index) },
    home: home.id,
    plate: plate(index),
    link: rng.chance(0.4) ? 'jt808-2019' : 'jt808-2013',
    gcj02: !isBus && rng.chance(0.05),
  };
}

/** More than these would be a connection each; further vehicles are their operators' platforms', many on one line. */
export const mostTerminals = 600;

type FleetRow = { kind: UnitKind; id: string; zh: string; department: string; weight: number };
const fleets: readonly FleetRow[] = [
  { kind: 'bus', id: 'fleet-bus', zh: '公交车', department: 'transport', weight: 36 },
  { kind: 'taxi', id: 'fleet-taxi', zh: '出租车', department: 'transport', weight: 40 },
  { kind: 'hazmat', id: 'hazmat', zh: '危货车', department: 'transport', weight: 12 },
  { kind: 'sanitation', id: 'fleet-sanitation', zh: '环卫车', department: 'urban-management', weight: 12 },
];

function fleetVehicle(seed: number, index: number): RosterUnit {
  const rng = random(seed, `roster/${index}`);
  const row = rng.weighted(fleets);
  const home = rng.pick(places);
  const number = digits(index - mostTerminals + 1, 5);
  return {
    id: `${row.id}-${number}`,
    callSign: `${row.zh}${number}`,
    name: `${row.zh}${number}`,
    kind: row.kind,
    department: row.department,
    district: home.district,
    // A platform is told plates, not terminals; the colour (JT/T 415) is part of the name.
    subject: { scheme: 'jt809', key: `${plate(index)}_${row.kind === 'taxi' ? 1 : 2}` },
    home: home.id,
    plate: plate(index),
    link: 'jt809',
    gcj02: rng.chance(0.1),
  };
}

/** Every so many-th vehicle of the traffic is a bus on the bus company's page. */
const busEvery = 12;

function pageBus(seed: number, index: number): RosterUnit {
  const home = random(seed, `roster/${index}`).pick(places);
  const number = digits(Math.floor(index / busEvery), 4);
  return {
    id: `line-bus-${number}`,
    callSign: `公交线路车${number}`,
    name: `公交线路车${number}`,
    kind: 'bus',
    department: 'transport',
    district: home.district,
    subject: { scheme: 'gtfs-rt', key: `line-bus-${number}` },
    home: home.id,
    plate: plate(index),
    link: 'gtfs',
    gcj02: false,
  };
}

export function roster(seed: number, count: number): RosterUnit[] {
  const first = dispatchable().slice(0, count);
  const rest = Math.max(0, count - dispatchableCount);
  return [
    ...first,
    ...Array.from({ length: rest }, (_, i) => {
      const index = dispatchableCount + i;
      if (index % busEvery === 5) return pageBus(seed, index);
      return index < mostTerminals ? traffic(seed, index) : fleetVehicle(seed, index);
    }),
  ];
}
