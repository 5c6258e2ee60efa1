/** The parts of an address that a caller names, as far as words alone tell. A place's name may carry words before it. */
export type Address = {
  readonly roads: readonly string[];
  readonly estates: readonly string[];
  readonly houses: readonly string[];
  readonly buildings: readonly string[];
  readonly stairs: readonly string[];
  readonly floors: readonly string[];
  readonly rooms: readonly string[];
  /** Metres along the road. */
  readonly stakesM: readonly number[];
  readonly plates: readonly string[];
  /** Carriageway, e.g. `东西` for "由东向西". */
  readonly headings: readonly string[];
};

const roadEnd = '大道|大街|路|街|巷|高架|隧道|大桥|高速|环线|立交|互通';
const estateEnd =
  '小区|花园|公寓|广场|花苑|雅苑|大厦|新村|家园|佳园|名府|华府|国际|中心|医院|小学|中学|大学|公园|商场|商城|菜场|市场|酒店|宾馆|地铁站|车站|化工厂|工厂|产业园|园区|工地|景区|新城|书院|写字楼|幼儿园|服务区|收费站|物流园|加油站|苑|里|湾|府|庭|坊';
const road = new RegExp(`[\\p{Script=Han}]{1,6}?(?:${roadEnd})`, 'gu');
const estate = new RegExp(`[\\p{Script=Han}]{2,8}?(?:${estateEnd})`, 'gu');

/** Words after which a name may begin. */
const before =
  /^.*(?:在|到|与|靠近|靠|从|往|的|我们|我|这里|这边|这|有|了|位于|沿|对面|是|去|及|跟|区|称|旁边|附近|门口|路口|交叉口|号|市民|来电|反映|报警|上|下|内|近|向|街道|社区|现场|发现|经过|刚才|就|离|说|隔壁|来|请|快)/u;
const noRoad =
  /(?:马|道|公|铁|线|电|半|小|辅|主|支|条|修|走|让|堵|拦|过|通|出|来|迷|带|开|段|边|问|绕|挡|占|整|行|沿|岔|网|气|水|油|断|短)路$|(?:大|整条|这条|上|步行|逛)街$|^(?:上|下|高|在)?(?:高架|隧道|大桥|高速|立交|互通)$|(?:上|进|出|下|跨)(?:高架|隧道|大桥|高速|立交)$/u;
const noEstate =
  /^(?:[一-龥]?(?:这个|那个|个|本|整个|老|新|隔壁|全|同一|邻近|一个|某|住宅|居民)+)(?:小区|广场|公园|商场|市场|工厂|工地|酒店|宾馆|大厦|医院|公寓|写字楼|菜场|加油站|新村|花园|车站|地铁站|小学|中学|幼儿园|里)$|(?:这|那|哪|家|屋|楼|房|车|水|桥|手|心|夜|院|厂|店|洞|道|箱|梯|井|池|沟|河|城|公|海|管|眼|肚|怀|胡同|邻|公司|电梯|商铺|隧道|房间|管子|车厢)里$|^(?:政|官|市政)府$|(?:港|海)湾$|(?:指挥|服务|急救|受理|市|热线)中心$/u;

/** 花神大道花神庙地铁站 is the station on that road. */
const afterRoad = new RegExp(`^.*(?:${roadEnd})(?=.{3,})`, 'u');

const named = (found: RegExpMatchArray[], no: RegExp, lead: RegExp | null = null): string[] => {
  const names = new Set<string>();
  for (const [whole] of found) {
    const bare = whole.replace(before, '');
    const name = lead ? bare.replace(lead, '') : bare;
    if (name.length >= 3 && name.length <= 9 && !no.test(name)) names.add(name);
  }
  return [...names];
};

const all = (text: string, pattern: RegExp, group = 1): string[] => [
  ...new Set([...text.matchAll(pattern)].map((found) => (found[group] ?? '').replace(/^0+(?=\d)/, ''))),
];

const stakes = (text: string): number[] => [
  ...[...text.matchAll(/K\s?(\d{1,4})\s?\+\s?(\d{1,3})/g)].map(([, km, m]) => Number(km) * 1000 + Number(m)),
  ...[...text.matchAll(/(\d{1,4})(?:公里|千米)(?:(\d{1,3})米|处|附近|桩)/g)].map(
    ([, km, m]) => Number(km) * 1000 + Number(m ?? 0),
  ),
];

export function addressOf(normalised: string): Address {
  const rooms = all(normalised, /(?<![\d+K])(\d{3,4})(?:室|房(?!间|子))/g);
  const buildings = all(normalised, /(?<![\d+])(\d{1,3}|[A-Z])(?:号楼|栋|幢|座)/g);
  const floors = all(normalised, /(?<![\d+])(\d{1,2})(?:楼(?!栋)|层)/g);
  return {
    roads: named([...normalised.matchAll(road)], noRoad),
    estates: named([...normalised.matchAll(estate)], noEstate, afterRoad),
    houses: all(normalised, /(?<![\d+])(\d{1,4})号(?!楼|线|门|口|厅|馆|车|桥|桩|泵|电梯|机|闸|井|锅|仓|罐|库)/g),
    buildings,
    stairs: all(normalised, /(\d{1,2})单元/g),
    // Room 1502 lies on the 15th floor.
    floors: [...new Set([...floors, ...rooms.map((room) => room.slice(0, -2))])],
    rooms,
    stakesM: stakes(normalised),
    plates: all(
      normalised.replace(/[·\s]/g, ''),
      /([京津沪渝苏浙皖鲁豫鄂湘赣闽粤桂琼川贵云藏陕甘青宁新冀晋蒙辽吉黑][A-Z][A-Z0-9]{5,6})/g,
    ),
    headings: [
      ...new Set([...normalised.matchAll(/([东南西北])(?:向|往)([东南西北])/g)].map(([, from, to]) => `${from}${to}`)),
    ],
  };
}

/** "在中山北路" is 中山北路; 中山路 is another one. */
const isSameName = (a: string, b: string): boolean => (a.length >= b.length ? a.endsWith(b) : b.endsWith(a));

/** 1: one is named by both; −1: both name one and none is the same; 0: not said by both. */
export type Agreement = 1 | 0 | -1;
const agreement = (
  a: readonly string[],
  b: readonly string[],
  same: (x: string, y: string) => boolean = (x, y) => x === y,
): Agreement => {
  if (a.length === 0 || b.length === 0) return 0;
  return a.some((x) => b.some((y) => same(x, y))) ? 1 : -1;
};

/** People miscount by one; two floors apart is another one. */
const isSameFloor = (a: string, b: string): boolean => Math.abs(Number(a) - Number(b)) <= 1;

export type AddressAgreement = {
  readonly [K in
    | 'road'
    | 'estate'
    | 'house'
    | 'building'
    | 'stair'
    | 'floor'
    | 'room'
    | 'plate'
    | 'heading']: Agreement;
} & {
  readonly stakeM: number | null;
  /** Two roads are named by both: their crossing. */
  readonly crossing: boolean;
  /** One names a building, the other leaves it open. */
  readonly buildingOpen: boolean;
};

export function compareAddresses(a: Address, b: Address): AddressAgreement {
  let stakeM: number | null = null;
  for (const x of a.stakesM)
    for (const y of b.stakesM) stakeM = stakeM === null ? Math.abs(x - y) : Math.min(stakeM, Math.abs(x - y));
  const road = agreement(a.roads, b.roads, isSameName);
  const shared = a.roads.filter((x) => b.roads.some((y) => isSameName(x, y)));
  const estate = agreement(a.estates, b.estates, isSameName);
  return {
    road,
    estate,
    // A number alone is no place: 12号 of which road?
    house: road === 1 ? agreement(a.houses, b.houses) : 0,
    building: agreement(a.buildings, b.buildings),
    stair: agreement(a.stairs, b.stairs),
    floor: agreement(a.floors, b.floors, isSameFloor),
    room: agreement(a.rooms, b.rooms),
    plate: agreement(a.plates, b.plates),
    heading: agreement(a.headings, b.headings),
    stakeM,
    crossing: shared.length > 1,
    buildingOpen: a.buildings.length > 0 !== b.buildings.length > 0,
  };
}
