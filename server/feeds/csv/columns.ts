/** Names that a column may have, in Chinese after GB/T 30428 and CJJ/T 106, or in English. */
const caseNames = {
  number: [
    'number',
    'caseNumber',
    '案件编号',
    '案件号',
    '案卷编号',
    '案卷号',
    '任务号',
    '任务编号',
    '问题编号',
    '工单编号',
    '工单号',
    '编号',
  ],
  class: ['class', 'category', '案件类别', '问题类型', '类别代码', '事项代码', '分类代码', '诉求类型'],
  minor: ['小类', '小类名称', '小类代码', '问题小类', '案件小类'],
  major: ['大类', '大类名称', '问题大类', '案件大类'],
  district: ['district', '区', '区县', '所属区', '所属区域', '所属区县', '行政区'],
  street: ['street', '街道', '所属街道', '街道名称'],
  community: ['community', '社区', '所属社区', '社区名称'],
  title: ['title', '标题', '案件标题', '案件名称', '工单标题', '问题名称'],
  text: ['text', 'description', '描述', '问题描述', '案件描述', '内容', '诉求内容'],
  place: ['place', 'address', '地址', '地点', '位置', '位置描述', '事发地址', '发生地点'],
  lon: ['lon', 'lng', 'longitude', '经度'],
  lat: ['lat', 'latitude', '纬度'],
  state: ['state', 'status', '状态', '案件状态', '工单状态'],
  priority: ['priority', '等级', '优先级', '紧急程度'],
  reportedAt: ['reportedAt', '上报时间', '来电时间', '发现时间', '登记时间', '创建时间'],
  acceptedAt: ['acceptedAt', '受理时间'],
  registeredAt: ['registeredAt', '立案时间'],
  dispatchedAt: ['dispatchedAt', '派遣时间', '派单时间'],
  handledAt: ['handledAt', '处置时间', '处置完成时间', '办结时间', '处理时间'],
  checkedAt: ['checkedAt', '核查时间'],
  closedAt: ['closedAt', '结案时间', '归档时间'],
  dueAt: ['dueAt', '处置截止时间', '截止时间', '办理时限', '处置时限'],
  updatedAt: ['updatedAt', '更新时间', '修改时间'],
  by: ['by', 'agency', '处置部门', '承办单位', '责任单位', '专业部门', '处置单位', '主责部门'],
} as const;

const capacityNames = {
  facility: [
    'facility',
    'facilityId',
    '机构编码',
    '机构代码',
    '医院编码',
    '设施编码',
    '机构',
    '机构名称',
    '医院名称',
    '医院',
    '景区名称',
    '场所名称',
  ],
  resource: ['resource', '资源', '资源类型', '床位类型', '类型'],
  available: ['available', '可用', '可用数', '空闲数', '空床数', '剩余'],
  baseline: ['baseline', '编制数', '核定数', '编制床位'],
  maximum: ['maximum', '最大数', '总数', '最大承载量', '实有床位', '开放床位', '总床位', '总床位数'],
  occupied: [
    'occupied',
    '占用',
    '占用数',
    '已用',
    '已用数',
    '在用数',
    '已占用床位',
    '在院人数',
    '在园人数',
    '当前人数',
  ],
  state: ['state', 'status', '状态'],
  asOf: ['asOf', '统计时间', '数据时间', '截至时间', '上报时间', '更新时间', '填报时间'],
  revision: ['revision', '版本', '修订号'],
  lon: ['lon', 'lng', 'longitude', '经度'],
  lat: ['lat', 'latitude', '纬度'],
} as const;

/** Kept with their own names under the text of a case: the record has no place of its own for them. */
const alsoNames =
  '问题来源 案件来源 来源 诉求来源 立案条件 单元网格 单元网格编号 网格 网格编号 网格编码 所属网格 责任网格 部件编码 部件标识码 处置结果 处理结果 核查结果 核实结果 办理结果 满意度 紧急状态'.split(
    ' ',
  );
/** Who reported is nobody's business here: such columns are passed over, in whatever table. */
const personalNames =
  '上报人 举报人 来电人 诉求人 联系人 姓名 性别 联系电话 联系方式 电话 手机 手机号 来电号码 身份证号 监督员 采集员 信息采集员 填报人'.split(
    ' ',
  );

/** Second names: beside a first name for the same they stand back, and are kept with their own names. */
const secondNames = {
  case: '创建时间 登记时间 处理时间 办结时间 归档时间 专业部门 处置单位 主责部门 责任单位 承办单位 诉求类型 问题类型',
  capacity: '机构名称 医院名称 医院 景区名称 场所名称 上报时间 更新时间 填报时间',
};

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
    needed: [['number'], ['title', 'text', 'minor', 'class'], ['reportedAt']] as const,
    first: '案件编号/number',
  },
  {
    kind: 'capacity' as const,
    index: indexOf(capacityNames),
    needed: [['facility'], ['resource'], ['available', 'occupied'], ['asOf']] as const,
    first: '',
  },
];

/** What stands before the name of a column that is kept with its own name. */
export const alsoPrefix = 'also:';
const also = new Set(alsoNames.map(plain));
const personal = new Set(personalNames.map(plain));
const second = {
  case: new Set(secondNames.case.split(' ')),
  capacity: new Set(secondNames.capacity.split(' ')),
};

export type Header = {
  readonly kind: 'case' | 'capacity';
  /** By position; null where the column is not known. */
  readonly columns: readonly (string | null)[];
  readonly unknown: readonly string[];
};

/** What the first row names, or why it is no table that is read here. */
export function readHeader(cells: readonly string[]): Header | { readonly problem: string } {
  const read = tables.map(({ kind, index, needed }) => {
    const named = cells.map((cell): string | null => {
      const known = index.get(plain(cell)) ?? null;
      return known ?? (also.has(plain(cell)) ? `${alsoPrefix}${cell}` : null);
    });
    const columns = named.map((column, at) => {
      const cell = cells[at] ?? '';
      if (column === null || !second[kind].has(plain(cell))) return column;
      const stated = named.some(
        (other, place) =>
          other === column && place !== at && (place < at || !second[kind].has(plain(cells[place] ?? ''))),
      );
      return stated ? `${alsoPrefix}${cell}` : column;
    });
    const missing = needed
      .filter((names) => !names.some((name) => columns.includes(name)))
      .map(([name]) => name as string);
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
    unknown: cells.filter((cell, at) => found.columns[at] === null && cell !== '' && !personal.has(plain(cell))),
  };
}
