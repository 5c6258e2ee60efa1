import { beijingStamp } from '../beijing-time.ts';
import type { LonLat } from '../geo.ts';
import { districts } from '../network/places.ts';
import type { CapArea, CapMessage, CapText, Colour } from './encode.ts';

/** The warnings that the simulated weather office gives out. Texts are invented for the simulator. */
export type Warning = {
  readonly key: string;
  readonly status: CapMessage['status'];
  readonly colour: Colour;
  readonly texts: readonly CapText[];
  readonly areas: readonly CapArea[];
  readonly urgency: CapMessage['urgency'];
  readonly certainty: CapMessage['certainty'];
  readonly lifeMs: number;
};

const ring = (...points: LonLat[]): LonLat[] => [...points, points[0]!];
const every = Object.keys(districts);

const city: CapArea = {
  description: '南京市',
  polygon: ring(
    [118.36, 32.05],
    [118.45, 31.9],
    [118.62, 31.78],
    [118.78, 31.68],
    [118.82, 31.35],
    [118.9, 31.24],
    [119.12, 31.25],
    [119.23, 31.6],
    [119.1, 31.85],
    [119.09, 32.1],
    [119.06, 32.42],
    [118.85, 32.56],
    [118.62, 32.58],
    [118.6, 32.32],
    [118.4, 32.18],
  ),
  circle: null,
  districts: every,
};

const inner: CapArea = {
  description: '南京市主城六区',
  polygon: ring([118.66, 31.93], [118.86, 31.95], [118.96, 32.06], [118.96, 32.14], [118.82, 32.13], [118.72, 32.09]),
  circle: null,
  districts: ['320102', '320104', '320105', '320106', '320113', '320114'],
};

const south: CapArea = {
  description: '南京南站周边',
  polygon: null,
  circle: { centre: [118.794, 31.9775], radiusKm: 5 },
  districts: ['320114', '320115'],
};

const zh: Readonly<Record<Colour, string>> = { blue: '蓝色', yellow: '黄色', orange: '橙色', red: '红色' };
const level: Readonly<Record<Colour, string>> = { blue: 'Ⅳ级', yellow: 'Ⅲ级', orange: 'Ⅱ级', red: 'Ⅰ级' };
const rain: Readonly<Record<Colour, string>> = {
  blue: '未来12小时内降雨量将达50毫米以上',
  yellow: '未来6小时内降雨量将达50毫米以上，并伴有短时强降水',
  orange: '未来3小时内降雨量将达50毫米以上，局部小时雨强可达60毫米',
  red: '未来3小时内降雨量将达100毫米以上，主城区已出现严重积水',
};
const advice: Readonly<Record<Colour, string>> = {
  blue: '请关注天气变化，做好防雨准备。',
  yellow: '请减少外出，驾车避开低洼路段和下穿通道。',
  orange: '请暂停户外活动，低洼地区人员做好转移准备。',
  red: '请立即停止户外作业，远离积水路段、下穿通道和地下空间。',
};

function rainstorm(colour: Colour, areas: readonly CapArea[]): Warning {
  return {
    key: `rainstorm-${colour}`,
    status: 'Actual',
    colour,
    texts: [
      {
        language: 'zh-CN',
        event: '暴雨',
        headline: `南京市气象台发布暴雨${zh[colour]}预警信号［${level[colour]}］（模拟）`,
        description: `受梅雨锋影响，${rain[colour]}。本消息由城市模拟器发出。`,
        instruction: advice[colour],
      },
    ],
    areas,
    urgency: colour === 'red' ? 'Immediate' : 'Expected',
    certainty: colour === 'red' ? 'Observed' : 'Likely',
    lifeMs: 6 * 3_600_000,
  };
}

const single = (
  key: string,
  status: Warning['status'],
  colour: Colour,
  text: Omit<CapText, 'language'>,
  areas: readonly CapArea[],
): Warning => ({
  key,
  status,
  colour,
  texts: [{ language: 'zh-CN', ...text }],
  areas,
  urgency: 'Expected',
  certainty: 'Possible',
  lifeMs: 3_600_000,
});

export const warnings = {
  yellow: rainstorm('yellow', [city]),
  orange: rainstorm('orange', [city]),
  red: rainstorm('red', [inner, south]),
  wind: single(
    'wind-blue',
    'Actual',
    'blue',
    {
      event: '大风',
      headline: '南京市气象台发布大风蓝色预警信号［Ⅳ级］（模拟）',
      description: '预计未来24小时内沿江地区有6级左右偏东风，阵风7至8级。本消息由城市模拟器发出。',
      instruction: '请加固户外广告牌和临时搭建物，江面作业注意安全。',
    },
    [city],
  ),
  exercise: single(
    'exercise-flood',
    'Exercise',
    'red',
    {
      event: '防汛演练',
      headline: '【演练】南京市防汛应急演练：暴雨红色预警信号',
      description: '这是一次演练。演练假定主城区出现特大暴雨，请各部门按预案响应。',
      instruction: '演练消息，请勿转发为实际预警。',
    },
    [inner],
  ),
  test: single(
    'test-link',
    'Test',
    'blue',
    {
      event: '链路测试',
      headline: '【测试】预警发布链路测试，请忽略',
      description: '系统每日链路测试，不代表任何实际天气。',
      instruction: '无需采取行动。',
    },
    [{ description: '南京市', polygon: null, circle: null, districts: every }],
  ),
} satisfies Record<string, Warning>;

export type WarningName = keyof typeof warnings;

const severity: Readonly<Record<Colour, CapMessage['severity']>> = {
  blue: 'Minor',
  yellow: 'Moderate',
  orange: 'Severe',
  red: 'Extreme',
};

/**
 * One bulletin of a warning: an Alert when nothing came before, an Update that names all it replaces, or the Cancel of the
 * last. The identifier holds the moment, so that a second run is another warning.
 */
export function bulletin(
  name: WarningName,
  sentAtMs: number,
  earlier: readonly CapMessage[],
  cancel = false,
): CapMessage {
  const warning: Warning = warnings[name];
  const text = (each: CapText): CapText =>
    cancel
      ? {
          ...each,
          headline: `南京市气象台解除${each.event}${zh[warning.colour]}预警信号（模拟）`,
          description: '降雨已明显减弱，预警解除。',
          instruction: '请继续留意路面积水消退情况。',
        }
      : each;
  return {
    identifier: `CITYSIM-${warning.key}-${beijingStamp(sentAtMs)}${cancel ? '-end' : ''}`,
    sender: 'weather@city-sim.invalid',
    senderName: '南京市气象台（模拟）',
    sentAtMs,
    status: warning.status,
    msgType: cancel ? 'Cancel' : earlier.length > 0 ? 'Update' : 'Alert',
    references: earlier.map(({ sender, identifier, sentAtMs: at }) => ({ sender, identifier, sentAtMs: at })),
    note: warning.status === 'Actual' ? null : '本消息不是实际预警',
    category: 'Met',
    urgency: cancel ? 'Past' : warning.urgency,
    severity: severity[warning.colour],
    certainty: warning.certainty,
    colour: warning.colour,
    onsetAtMs: sentAtMs,
    expiresAtMs: sentAtMs + warning.lifeMs,
    texts: warning.texts.map(text),
    areas: warning.areas,
  };
}
