import type { AlertRecord } from '@/server/wire/record.ts';

type Severity = AlertRecord['severity'];
type AlarmType = { readonly event: string; readonly severity: Severity };
const of = (event: string, severity: Severity = 'Minor'): AlarmType => ({ event, severity });

/** JT/T 809-2011 table 75 and -2019 table 108, in the standard's own words: what a control room calls them. */
const types: Readonly<Record<number, AlarmType>> = {
  1: of('超速报警', 'Moderate'),
  2: of('疲劳驾驶报警', 'Moderate'),
  3: of('紧急报警', 'Severe'),
  4: of('进入指定区域报警'),
  5: of('离开指定区域报警'),
  6: of('路段堵塞报警'),
  7: of('危险路段报警'),
  8: of('越界报警'),
  9: of('盗警', 'Severe'),
  10: of('劫警', 'Severe'),
  11: of('偏离路线报警'),
  12: of('车辆移动报警'),
  13: of('超时驾驶报警', 'Moderate'),
  14: of('其他报警', 'Unknown'),
  16: of('违规行驶报警'),
  17: of('前撞报警', 'Moderate'),
  18: of('车道偏离报警'),
  19: of('胎压异常报警'),
  20: of('动态信息异常报警'),
  255: of('其他报警', 'Unknown'),
  40961: of('超时停车'),
  40962: of('车辆定位信息上报时间间隔异常'),
  40963: of('车辆定位信息上报距离间隔异常'),
  40964: of('下级平台异常断线', 'Moderate'),
  40965: of('下级平台数据传输异常'),
  40966: of('路段堵塞报警'),
  40967: of('危险路段报警'),
  40968: of('雨雪天气报警'),
  40969: of('驾驶员身份识别异常'),
  40970: of('终端异常'),
  40971: of('平台接入异常'),
  40972: of('核心数据异常'),
  41215: of('其他报警', 'Unknown'),
};

export const alarmType = (type: number): AlarmType | null => types[type] ?? null;
