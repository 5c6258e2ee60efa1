import type { CapacityRecord, CaseRecord, FeedRecord } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { CapacityColumn, CaseColumn } from './columns.ts';
import type { CsvTable, Row } from './message.ts';
import type { CsvOptions } from './options.ts';
import { createRowReader, cut } from './read-row.ts';

type Context = MapContext<CsvOptions>;

const wordsOf = <Word extends string>(table: Readonly<Record<Word, string>>): ReadonlyMap<string, Word> =>
  new Map(
    (Object.entries(table) as [Word, string][]).flatMap(([word, names]) => [
      [word.toLowerCase(), word] as const,
      ...names
        .split(' ')
        .filter(Boolean)
        .map((name) => [name, word] as const),
    ]),
  );

const caseStates = wordsOf<CaseRecord['state']>({
  new: '新建 上报 已上报 待受理 待核实 待立案 未处理 open',
  accepted: '受理 已受理 立案 已立案 已核实 待派遣 待派单',
  assigned: '派遣 已派遣 派单 已派单 待处置 待处理 待签收',
  handling: '处置 处置中 处理中 办理中 正在办理 已签收 延期 挂账 缓办 待核查 已处置 已处理 inprogress',
  checked: '核查 已核查 待结案',
  closed: '结案 已结案 办结 已办结 归档 已归档 完成 已完成 关闭 已关闭',
  rejected: '作废 已作废 不予受理 不立案 退单 已退单 撤销 已撤销',
  reopened: '返工 重开 再次派遣 退回 回退 重办',
});
const capacityStates = wordsOf<CapacityRecord['state']>({
  open: '开放 正常 可用 充足 空闲 营业',
  limited: '紧张 偏紧 较满',
  full: '满 已满 满员 满载 饱和',
  closed: '关闭 停用 停业 闭园 暂停',
  diversion: '分流 转诊',
  unknown: '未知 不明',
});

/** CJJ/T 106's stages, in their order; the last one that has a time is where a case is, unless it says so itself. */
const stages = [
  ['reportedAt', 'report', 'new'],
  ['acceptedAt', 'accept', 'accepted'],
  ['registeredAt', 'register', 'accepted'],
  ['dispatchedAt', 'dispatch', 'assigned'],
  ['handledAt', 'handle', 'handling'],
  ['checkedAt', 'check', 'checked'],
  ['closedAt', 'close', 'closed'],
] as const satisfies readonly (readonly [CaseColumn, string, CaseRecord['state']])[];

/** One result a row, in their order. A column that nobody knows refuses the table: what it says must not vanish unseen. */
export function map(table: CsvTable, context: Context): readonly (FeedRecord | Refusal)[] {
  const strange = table.unknown.filter((name) => !(context.options.ignore ?? []).includes(name));
  if (strange.length > 0) {
    const named = strange.slice(0, 10).map((name) => `"${name.slice(0, 60)}"`);
    return [
      refuse(
        'schema',
        `line 1: unknown columns ${named.join(', ')}; correct them, or name them under ignore in the feed's options`,
      ),
    ];
  }
  return table.kind === 'case'
    ? table.rows.map((row) => (isRefusal(row) ? row : caseOf(row, context)))
    : table.rows.map((row) => (isRefusal(row) ? row : capacityOf(row, context)));
}

const schemeOf = ({ options }: Context): string => options.scheme ?? 'csv';
const whole = (value: number): number => Math.max(0, Math.min(2_147_483_647, Math.floor(value)));

function envelopeOf(context: Context, reader: ReturnType<typeof createRowReader<'lon' | 'lat'>>) {
  const geometry = reader.point('lon', 'lat');
  const flags = reader.flags();
  return {
    relayedAt: null,
    receivedAt: context.receivedAt,
    geometry,
    crsReceived: context.crs,
    geometrySource: geometry ? ('message' as const) : ('none' as const),
    quality: { state: flags.length > 0 ? ('suspect' as const) : ('good' as const), flags },
  };
}

function caseOf(row: Row<CaseColumn>, context: Context): CaseRecord | Refusal {
  const reader = createRowReader(row, context);
  const number = reader.needed('number', 200);
  reader.needed('reportedAt');
  const dueAt = reader.time('dueAt', true);
  const by = cut(reader.text('by'), 512);
  const [text, minor] = [reader.text('text'), reader.text('minor')];
  const also = [...(minor && reader.text('major') ? [`大类：${reader.text('major')}`] : []), ...reader.also()];
  const reached = stages
    .map(([column, stage, state]) => ({ stage, state, at: reader.time(column) }))
    .filter(({ at }) => at !== null);
  const updatedAt = reader.time('updatedAt');
  const changedAt = updatedAt ?? Math.max(0, ...reached.map(({ at }) => at ?? 0));
  const record: CaseRecord = {
    kind: 'case',
    subject: { scheme: schemeOf(context), key: number },
    observedAt: reached[0]?.at ?? null,
    sourceAt: changedAt || null,
    ...envelopeOf(context, reader),
    dedupeKey: `${schemeOf(context)}|case|${number}`,
    revision: whole(changedAt / 1000),
    // Citizens write names and numbers into descriptions.
    privacy: 'restricted',
    number,
    class: cut(reader.text('class') ?? minor ?? reader.text('major'), 512),
    title: titleOf(row, reader),
    text: cut([text, ...also].filter((part) => part !== null).join('\n') || null, 20_000),
    place: cut(placeOf(row), 2_000),
    stages: reached.map(({ stage, at }) => ({
      stage,
      at,
      by: stage === 'handle' ? by : null,
      due: stage === 'report' ? dueAt : null,
    })),
    state: reader.word('state', caseStates) ?? reached.at(-1)?.state ?? 'new',
    priority: cut(reader.text('priority'), 64),
  };
  const wrong = reader.wrong();
  return wrong === null ? record : refuse('value', wrong);
}

/** A table without titles has what happened, or its kind. */
function titleOf({ cells }: Row<CaseColumn>, reader: ReturnType<typeof createRowReader<CaseColumn>>): string {
  const stated = cells.title ?? cells.minor ?? cells.class ?? cells.text?.split(/[\n。]/, 1)[0];
  return stated === undefined || cells.title !== undefined ? reader.needed('title', 2_000) : (cut(stated, 200) ?? '');
}

/** From the large to the small; what the address says already is not said twice. */
function placeOf({ cells }: Row<CaseColumn>): string | null {
  const address = cells.place ?? '';
  const before = [cells.district, cells.street, cells.community].filter((part) => part && !address.includes(part));
  return [...before, address].join('') || null;
}

function capacityOf(row: Row<CapacityColumn>, context: Context): CapacityRecord | Refusal {
  const reader = createRowReader(row, context);
  const facility = reader.needed('facility', 200);
  const resource = reader.needed('resource', 200);
  reader.needed('asOf');
  const asOf = reader.time('asOf');
  const scheme = schemeOf(context);
  const [stated, maximum, occupied] = [reader.count('available'), reader.count('maximum'), reader.count('occupied')];
  const counted = maximum !== null && occupied !== null ? Math.max(0, maximum - occupied) : null;
  const record: CapacityRecord = {
    kind: 'capacity',
    subject: { scheme, key: facility },
    observedAt: asOf,
    sourceAt: asOf,
    ...envelopeOf(context, reader),
    dedupeKey: `${scheme}|capacity|${facility}|${resource}|${asOf === null ? (row.cells.asOf ?? '') : new Date(asOf).toISOString()}`,
    revision: whole(reader.count('revision') ?? 0),
    privacy: 'none',
    facility,
    resource,
    available: stated ?? counted,
    baseline: reader.count('baseline'),
    maximum,
    state: reader.word('state', capacityStates) ?? 'unknown',
    asOf,
  };
  const wrong = reader.wrong();
  return wrong === null ? record : refuse('value', wrong);
}
