import { type ConnectedDepartment, connectedDepartments } from '@/server/domain/department.ts';
import type { Department } from '@/server/domain/presence.ts';
import {
  type StationKind,
  stationKinds,
  type ThresholdLevel,
  thresholdLevels,
  verticalDatums,
} from '@/server/domain/station.ts';

/** Codes by their own name or by a Chinese one, as people write them into a table. */
const table = <Code extends string>(codes: readonly Code[], names: Readonly<Record<Code, string>>) => {
  const known = new Map<string, Code>();
  for (const code of codes) for (const name of [code, ...names[code].split(' ')]) known.set(plainWord(name), code);
  return (text: string): Code | null => known.get(plainWord(text)) ?? null;
};
const plainWord = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

export const kindNamed = table<StationKind>(stationKinds, {
  'river-level': '河道水位 水位站 水位',
  underpass: '下穿通道 下穿 积水点',
  rain: '雨量 雨量站',
  'water-quality': '水质 水质站',
  weather: '气象 气象站',
  air: '空气 空气质量',
  emission: '污染源 排口',
  'fire-panel': '消防主机 消防控制室',
  lift: '电梯',
  hospital: '医院',
  scenic: '景区',
  shelter: '避难场所',
  parking: '停车场',
  camera: '视频 摄像机',
  stop: '公交站 站点',
  sensor: '传感器',
});

const connectedNamed = table<ConnectedDepartment>(connectedDepartments, {
  police: '公安 公安局',
  ecology: '生态环境 生态环境局',
  transport: '交通运输 交通运输局',
  water: '水务 水务局',
  'urban-management': '城市管理 城管 城市管理局',
  'culture-tourism': '文化和旅游 文旅 文化和旅游局',
  health: '卫生健康 卫健 卫生健康委',
  'emergency-management': '应急管理 应急 应急管理局',
  'market-regulation': '市场监管 市场监督管理 市场监督管理局',
  meteorology: '气象 气象局',
  fire: '消防 消防救援 消防救援支队',
});

export type AddedDepartments = readonly Pick<Department, 'id' | 'name'>[];
/** Added departments are known by their id and by every name that they have. */
export function departmentNamed(text: string, added: AddedDepartments): string | null {
  const said = plainWord(text);
  const names = ({ id, name }: AddedDepartments[number]): string[] =>
    [id, name?.['zh-CN'], name?.en, name?.short?.['zh-CN'], name?.short?.en].flatMap((one) => one ?? []);
  return connectedNamed(text) ?? added.find((of) => names(of).some((one) => plainWord(one) === said))?.id ?? null;
}

export const datumNamed = table(verticalDatums, {
  wusong: '吴淞 吴淞高程',
  cgvd1985: '1985国家高程基准 85高程 85国家高程 1985',
  cgvd1956: '1956黄海高程 黄海高程 56黄海 1956',
  local: '当地 假定基面 地面',
  unknown: '未知 不详',
});

const horizontal = ['wgs84', 'gcj02', 'bd09', 'cgcs2000'] as const;
/** Without one a position is refused: a wrong guess is a wrong street. */
export const crsNamed = table(horizontal, {
  wgs84: 'wgs-84 gps',
  gcj02: 'gcj-02 火星坐标 高德 国测局',
  bd09: 'bd-09 百度',
  cgcs2000: 'cgcs-2000 国家2000 2000国家大地坐标系',
});
export type Crs = (typeof horizontal)[number];

export const levelNamed = table<ThresholdLevel>(thresholdLevels, {
  notice: '关注 提示 设防',
  alarm: '报警 警戒',
  severe: '严重 保证',
});
