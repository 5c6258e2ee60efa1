import type { closingCodes } from '@/server/domain/incident-command.ts';
import { grades, priorities } from '@/server/domain/scale.ts';
import type { Slot } from './meant.ts';

/** Values that need no record: `II`, `P1`, `30分`, `误报`. Each has one writing that gives it back. */
const closings: Readonly<Record<(typeof closingCodes)[number], readonly string[]>> = {
  resolved: ['已处置完毕', '处置完毕', '处置', 'chuzhi', 'cz', 'resolved'],
  'handed-over': ['已移交', '移交', 'yijiao', 'yj', 'handed-over'],
  'no-cause': ['无需处置', 'wuxuchuzhi', 'wx', 'no-cause'],
  'false-alarm': ['误报', 'wubao', 'wb', 'false-alarm'],
  duplicate: ['重复', 'chongfu', 'cf', 'duplicate'],
};
const gradeNames: Readonly<Record<string, readonly string[]>> = {
  I: ['i', 'i级', '特别重大'],
  II: ['ii', 'ii级', '重大'],
  III: ['iii', 'iii级', '较大'],
  IV: ['iv', 'iv级', '一般'],
  none: ['不分级', 'bufenji', 'none'],
};
const levelNames: Readonly<Record<string, readonly string[]>> = {
  '1': ['1', '1级', '一级', '一级响应', 'l1'],
  '2': ['2', '2级', '二级', '二级响应', 'l2'],
  '3': ['3', '3级', '三级', '三级响应', 'l3'],
  '4': ['4', '4级', '四级', '四级响应', 'l4'],
  none: ['终止响应', '无响应', 'none'],
};
const second = ['再派', '!', 'zaipai', 'second'];
const inMinutes: Readonly<Record<string, number>> = {
  m: 1,
  min: 1,
  分: 1,
  分钟: 1,
  h: 60,
  小时: 60,
  时: 60,
  d: 1440,
  天: 1440,
};

const named = (table: Readonly<Record<string, readonly string[]>>, word: string): string[] =>
  Object.keys(table).filter((key) => table[key]?.includes(word));

const numbered = (word: string, pattern: RegExp, most: number): string[] => {
  const value = Number(pattern.exec(word)?.[1] ?? Number.NaN);
  return Number.isInteger(value) && value <= most ? [String(value)] : [];
};

/** The readings of one folded word as a value of this slot. */
export function valuesOf(slot: Slot, word: string): readonly string[] {
  switch (slot) {
    case 'grade':
      return [...grades, 'none'].filter((one) => gradeNames[one]?.includes(word));
    case 'level':
      return named(levelNames, word);
    case 'priority':
      return priorities.filter((one) => one.toLowerCase() === word);
    case 'closing':
      return named(closings, word);
    case 'second':
      return second.includes(word) ? ['yes'] : [];
    case 'minutes': {
      const [, count, unit] = /^(\d{1,4})([a-z]+|[\u4e00-\u9fff]+)$/u.exec(word) ?? [];
      const minutes = Number(count) * (inMinutes[unit ?? ''] ?? Number.NaN);
      return minutes > 0 ? [String(minutes)] : [];
    }
    case 'score':
      return numbered(word, /^(\d{1,3})(?:分|p|points)?$/u, 100);
    case 'count':
      return numbered(word, /^[x×]?([1-9]\d{0,2})(?:台|辆|个)?$/u, 1_000);
    default:
      return [];
  }
}

/** How a value is written in a line that says it again, in the operator's language. */
export function writeValue(slot: Slot, value: string, language: 'zh-CN' | 'en'): string {
  const zh = language === 'zh-CN';
  switch (slot) {
    case 'grade':
      return value === 'none' ? (zh ? '不分级' : 'none') : value;
    case 'level':
      return value === 'none' ? (zh ? '终止响应' : 'none') : zh ? `${value}级` : `L${value}`;
    case 'closing':
      return zh ? (closings[value as keyof typeof closings]?.[0] ?? value) : value;
    case 'second':
      return zh ? '再派' : 'second';
    case 'minutes':
      return zh ? `${value}分钟` : `${value}min`;
    case 'score':
      return zh ? `${value}分` : `${value}p`;
    case 'count':
      return `×${value}`;
    default:
      return value;
  }
}
