/** What a register file may have as columns, and the names under which they are known. */
export const columns = [
  'scheme',
  'key',
  'kind',
  'name',
  'department',
  'lon',
  'lat',
  'crs',
  'address',
  'verticalDatum',
  'expectedIntervalS',
  'measures',
  'thresholds',
  'notice',
  'alarm',
  'severe',
] as const;
export type Column = (typeof columns)[number];

export const needed: readonly Column[] = ['scheme', 'key', 'kind', 'name'];
/** These may stand several times, e.g. one column for each thing that is measured. */
export const repeated: ReadonlySet<Column> = new Set(['measures', 'thresholds']);

const others: Readonly<Record<Column, string>> = {
  scheme: '协议 标识方案 protocol',
  key: '编号 编码 站码 测站编码 设备编号 code',
  kind: '类型 类别 站类 type',
  name: '名称 站名 测站名称',
  department: '部门 所属部门',
  lon: '经度 longitude lng',
  lat: '纬度 latitude',
  crs: '坐标系 datum',
  address: '地址 位置',
  verticalDatum: '高程基准 基面 高程基面',
  expectedIntervalS: '上报间隔 上报间隔秒 间隔 interval intervals',
  measures: '测项 监测项 measure',
  thresholds: '阈值 门限 threshold',
  notice: '关注值 提示值',
  alarm: '报警值 警戒值',
  severe: '严重值 保证值',
};

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\(.*?\)/g, '')
    .replace(/[\s_\uFEFF-]/g, '')
    .toLowerCase();

const known = new Map<string, Column>(
  columns.flatMap((column) => [column, ...others[column].split(' ')].map((name) => [plain(name), column] as const)),
);

/** `测项 2`, `measure 3` and `Measures(mg/L)` are the same column. */
export const columnNamed = (name: string): Column | null =>
  known.get(plain(name)) ?? known.get(plain(name).replace(/\d+$/, '')) ?? null;
