import type { Alarm } from '@/server/domain/alarm.ts';
import type { SignalId } from '@/server/domain/ids.ts';
import { nowhere } from '@/server/domain/place.ts';
import type { Rule } from '@/server/domain/rule.ts';
import type { Signal } from '@/server/domain/signal.ts';

const clip = (value: string, length: number) => (value.length > length ? `${value.slice(0, length - 1)}…` : value);

/** Properties that stations here send, in the city's words; another one keeps its own name. */
const wordOfProperty: Readonly<Record<string, string>> = {
  waterlevel: '水位',
  z: '水位',
  waterdepth: '积水深度',
  rainfall: '雨量',
  flow: '流量',
  dischargerate: '流量',
  'icu-bed': '重症床位',
  'emergency-bed': '急诊床位',
  'hospital-bed': '床位',
  'site-visitors': '剩余可接待人数',
};

const number = (value: number): string => String(Math.round(value * 1_000) / 1_000);

function titleOf(alarm: Alarm, rule: Rule): string {
  if (isSos(rule)) return `${alarm.name} 紧急求助 SOS`;
  const { property } = alarm.subject;
  if (alarm.value === null || property === null) return `${rule.title['zh-CN']}：${alarm.name}`;
  const unit = alarm.unit && alarm.unit !== '1' ? ` ${alarm.unit}` : '';
  const word = wordOfProperty[property.toLowerCase()] ?? property;
  const limit = alarm.limit === null ? '' : `，限值 ${number(alarm.limit)}${unit}`;
  return `${rule.title['zh-CN']}：${alarm.name} ${word} ${number(alarm.value)}${unit}${limit}`;
}

export const isSos = ({ condition }: Rule): boolean =>
  'of' in condition && condition.of === 'position' && condition.event === 'sos';

const moves = ({ condition }: Rule): boolean => 'of' in condition && condition.of === 'position';

const linesOf = (alarm: Alarm, rule: Rule): string =>
  [
    alarm.text,
    ...alarm.parts.slice(0, 5).map((part) => part.text || part.key),
    `后果：${rule.consequence['zh-CN']}`,
    `处置：${rule.action['zh-CN']}`,
  ]
    .filter(Boolean)
    .join('\n');

/** What a person judges: the alarm, with what follows from it and what to do. */
export const signalOfAlarm = (
  alarm: Alarm,
  rule: Rule,
  known: { readonly id: SignalId; readonly unit: string | null; readonly nearDistrict: string | null },
): Signal => ({
  id: known.id,
  kind: isSos(rule) ? 'sos' : 'alarm',
  title: clip(titleOf(alarm, rule), 200),
  text: linesOf(alarm, rule),
  place: {
    ...nowhere,
    // A vehicle's call sign is no place.
    text: moves(rule) ? '' : alarm.name,
    lonLat: alarm.lonLat,
    district: alarm.district?.slice(0, 12) ?? null,
    nearDistrict: known.nearDistrict,
    source: 'feed',
  },
  priority: alarm.priority,
  proposedKind: rule.proposedKind,
  reality: alarm.reality,
  department: alarm.department,
  source: {
    feed: alarm.subject.feed ?? '',
    scheme: alarm.subject.scheme,
    key: alarm.subject.key,
    dedupeKey: `alarm/${alarm.id}/${alarm.cycle}`,
  },
  callers: [],
  unit: known.unit,
  colour: null,
  expiresAt: null,
  observedAt: alarm.observedAt,
  receivedAt: alarm.raisedAt,
  revision: alarm.cycle,
  state: 'open',
  incident: null,
  dismissedReason: null,
  lead: null,
  fused: null,
  apart: [],
});

const over = '（已恢复）';

/** The alarm is over; whether there is more to it is still for a person to say. */
export const clearedSignal = (signal: Signal): Signal =>
  signal.title.endsWith(over) ? signal : { ...signal, title: clip(signal.title, 480) + over };

export const partsSignal = (signal: Signal, partCount: number): Signal => {
  const title = signal.title.replace(/（\d+ 处）$/, '');
  return { ...signal, title: `${clip(title, 480)}（${partCount} 处）` };
};
