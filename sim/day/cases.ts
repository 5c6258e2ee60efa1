import { beijingStamp } from '../beijing-time.ts';
import { type CaseRecord, type CaseState, envelope, iso } from '../push/record.ts';
import type { Spot } from './spot.ts';

/** Orders of the 12345 hotline, in GB/T 30428's stages and under its municipal classes. Sentences are invented. */
type CaseTemplate = {
  readonly class: string;
  readonly weight: number;
  readonly by: string;
  readonly title: string;
  readonly text: string;
};

export const caseTemplates: readonly CaseTemplate[] = [
  {
    class: 'municipal.facility.damaged',
    weight: 6,
    by: '城管局',
    title: '路灯不亮',
    text: '一整段路灯连续三天不亮，晚上老人走路看不清。',
  },
  {
    class: 'municipal.facility.damaged',
    weight: 4,
    by: '城管局',
    title: '窨井盖松动',
    text: '窨井盖松动，汽车压过去声音很大，担心翻盖伤人。',
  },
  {
    class: 'municipal.sanitation',
    weight: 6,
    by: '城管局',
    title: '垃圾未清运',
    text: '小区门口垃圾堆了两天没有清运，气味很重。',
  },
  {
    class: 'municipal.sanitation',
    weight: 3,
    by: '城管局',
    title: '占道经营',
    text: '晚上烧烤摊占用人行道，油烟飘到楼上。',
  },
  {
    class: 'municipal.environment.pollution',
    weight: 3,
    by: '生态环境局',
    title: '夜间施工噪声',
    text: '工地半夜还在打桩，影响附近居民休息。',
  },
  {
    class: 'municipal.environment.pollution',
    weight: 2,
    by: '生态环境局',
    title: '河水异味',
    text: '河道水面发黑有异味，怀疑有污水直排。',
  },
  {
    class: 'municipal.pipe.burst',
    weight: 3,
    by: '水务集团',
    title: '水管漏水',
    text: '人行道下面一直往外冒水，路面已经湿了一大片。',
  },
  {
    class: 'municipal.tree.fallen',
    weight: 2,
    by: '城管局',
    title: '树枝遮挡信号灯',
    text: '行道树枝条太长，挡住了红绿灯。',
  },
  {
    class: 'municipal.other',
    weight: 3,
    by: '交通运输局',
    title: '公交站台破损',
    text: '公交站台玻璃碎了一块，碎片还在地上。',
  },
];

/** A case goes through these at these minutes after it was reported. */
const steps: readonly { state: CaseState; stage: string; afterS: number }[] = [
  { state: 'new', stage: '上报', afterS: 0 },
  { state: 'accepted', stage: '受理', afterS: 45 },
  { state: 'assigned', stage: '派遣', afterS: 120 },
  { state: 'handling', stage: '处置', afterS: 300 },
  { state: 'checked', stage: '核查', afterS: 1_500 },
  { state: 'closed', stage: '结案', afterS: 1_800 },
];
export const caseSteps = steps.length;
export const stepAfterS = (step: number) => steps[step]!.afterS;

export type CaseFacts = { readonly number: string; readonly template: CaseTemplate; readonly spot: Spot };

export const newCase = (template: CaseTemplate, spot: Spot, meta: { atMs: number; ordinal: number }): CaseFacts => ({
  number: `RX${beijingStamp(meta.atMs)}${String(meta.ordinal).padStart(4, '0')}`,
  template,
  spot,
});

/** The case at its `step`: `stageAtMs` holds when each stage so far was entered. */
export function caseRecord({ number, template, spot }: CaseFacts, stageAtMs: readonly number[]): CaseRecord {
  const step = stageAtMs.length - 1;
  const dueMs = stageAtMs[0]! + 24 * 3_600_000;
  return {
    kind: 'case',
    ...envelope({ scheme: 'urban-12345', key: number }, stageAtMs[step]!, {
      at: spot.at,
      dedupeKey: `urban-12345/${number}`,
      revision: step,
      privacy: 'restricted',
    }),
    number,
    class: template.class,
    title: template.title,
    text: template.text,
    place: spot.text,
    stages: stageAtMs.map((at, i) => ({
      stage: steps[i]!.stage,
      at: iso(at),
      by: i < 2 ? '12345热线' : template.by,
      due: steps[i]!.state === 'handling' ? iso(dueMs) : null,
    })),
    state: steps[step]!.state,
    priority: 'P4',
  };
}
