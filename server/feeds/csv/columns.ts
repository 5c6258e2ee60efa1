/** Names that a column may have, in Chinese after GB/T 30428 and CJJ/T 106, or in English. */
const caseNames = {
  number: ['number', 'caseNumber', '案件编号', '任务号', '工单编号', '工单号', '编号'],
  class: ['class', 'category', '案件类别', '问题类型', '类别代码', '事项代码', '分类代码'],
  title: ['title', '标题', '案件标题', '案件名称', '工单标题', '问题名称'],
  text: ['text', 'description', '描述', '问题描述', '案件描述', '内容', '诉求内容'],
  place: ['place', 'address', '地址', '地点', '位置', '位置描述', '事发地址', '发生地点'],
  lon: ['lon', 'lng', 'longitude', '经度'],
  lat: ['lat', 'latitude', '纬度'],
  state: ['state', 'status', '状态', '案件状态', '工单状态'],
  priority: ['priority', '等级', '优先级', '紧急程度'],
  reportedAt: ['reportedAt', '上报时间', '来电时间', '发现时间'],
  acceptedAt: ['acceptedAt', '受理时间'],
  registeredAt: ['registeredAt', '立案时间'],
  dispatchedAt: ['dispatchedAt', '派遣时间', '派单时间'],
  handledAt: ['handledAt', '处置时间', '处置完成时间', '办结时间'],
  checkedAt: ['checkedAt', '核查时间'],
  closedAt: ['closedAt', '结案时间'],
  dueAt: ['dueAt', '处置截止时间', '截止时间', '办理时限'],
  updatedAt: ['updatedAt', '更新时间', '修改时间'],
  by: ['by', 'agency', '处置部门', '承办单位', '责任单位'],
} as const;

const capacityNames = {
  facility: ['facility', 'facilityId', '机构编码', '机构代码', '医院编码', '设施编码', '机构'],
  resource: ['resource', '资源', '资源类型', '床位类型', '类型'],
  available: ['available', '可用', '可用数', '空闲数', '空床数', '剩余'],
  baseline: ['baseline', '编制数', '核定数', '编制床位'],
  maximum: ['maximum', '最大数', '总数', '最大承载量', '实有床位'],
  state: ['state', 'status', '状态'],
  asOf: ['asOf', '统计时间', '数据时间', '截至时间'],
  revision: ['revision', '版本', '修订号'],
  lon: ['lon', 'lng', 'longitude', '经度'],
  lat: ['lat', 'latitude', '纬度'],
} as const;

export type CaseColumn = keyof typeof caseNames;
export type CapacityColumn = keyof typeof capacityNames;

const plain = (name: string): string =>
  name
    .replace(/[\s_-]+/g, '')
    .replace(/[（(].*[)）]$/, '')
    .toLowerCase();
const indexOf = <Column extends string>(
  names: Readonly<Record<Column, readonly string[]>>,
): ReadonlyMap<string, Column> =>
  new Map(
    Object.entries<readonly string[]>(names).flatMap(([column, held]) =>
      held.map((name) => [plain(name), column as Column] as const),
    ),
  );

const tables = [
  {
    kind: 'case' as const,
    index: indexOf(caseNames),
    needed: ['number', 'title', 'reportedAt'] as const,
    first: '案件编号/number',
  },
  {
    kind: 'capacity' as const,
    index: indexOf(capacityNames),
    needed: ['facility', 'resource', 'available', 'asOf'] as const,
    first: '',
  },
];

export type Header = {
  readonly kind: 'case' | 'capacity';
  /** By position; null where the column is not known. */
  readonly columns: readonly (string | null)[];
  readonly unknown: readonly string[];
};

/** What the first row names, or why it is no table that is read here. */
export function readHeader(cells: readonly string[]): Header | { readonly problem: string } {
  const read = tables.map(({ kind, index, needed }) => {
    const columns = cells.map((cell) => index.get(plain(cell)) ?? null);
    const missing = needed.filter((name) => !(columns as (string | null)[]).includes(name));
    return { kind, columns, missing };
  });
  const found = read.find(({ missing }) => missing.length === 0);
  if (!found) {
    const [nearest] = [...read].sort((one, other) => one.missing.length - other.missing.length);
    const wanted =
      nearest && nearest.missing.length < 3 ? `a ${nearest.kind} table without ${nearest.missing.join(', ')}` : null;
    return {
      problem:
        wanted ??
        'neither a table of cases (number, title, reportedAt …) nor of capacity (facility, resource, available, asOf …)',
    };
  }
  const twice = found.columns.find((column, at) => column !== null && found.columns.indexOf(column) !== at);
  if (twice) return { problem: `two columns say ${twice}` };
  return {
    kind: found.kind,
    columns: found.columns,
    unknown: cells.filter((cell, at) => found.columns[at] === null && cell !== ''),
  };
}
