import type { WarningName } from '../cap/warnings.ts';
import type { LineName } from '../city-state.ts';
import type { CallTemplate } from '../day/calls.ts';
import { dry, type Weather } from '../day/waters.ts';

/** What a scenario's script may do; the city carries it out. Seconds are the scenario's own. */
export type Action =
  | { readonly do: 'warn'; readonly warning: WarningName; readonly end?: boolean }
  | {
      readonly do: 'call';
      readonly at: string;
      readonly words: string;
      readonly call: Omit<CallTemplate, 'weight' | 'texts'> & { text: string };
    }
  | { readonly do: 'close'; readonly underpass: string }
  | { readonly do: 'open'; readonly underpass: string }
  /** A vehicle drives into the underpass, stops and presses its SOS button. */
  | { readonly do: 'strand'; readonly underpass: string }
  | { readonly do: 'rescue' }
  /** Any unit presses its button for a while. */
  | { readonly do: 'sos'; readonly forS: number }
  /** A building with a fire transmitter near a place burns. */
  | { readonly do: 'fire'; readonly at: string; readonly outAfterS: number }
  /** A lift near a place stands with people in it. */
  | { readonly do: 'trap'; readonly at: string; readonly people: number; readonly freedAfterS: number }
  /** A department's line is cut; what it has to say comes when it is back. */
  | { readonly do: 'silence'; readonly line: LineName; readonly forS: number };

export type Step = { readonly atS: number; readonly tell: string; readonly action: Action };

export type Scenario = {
  readonly name: 'calm' | 'flood';
  readonly title: string;
  /** After this the script has ended and an ordinary day goes on. */
  readonly lengthS: number;
  /** How much of an ordinary day's calls come while it runs. */
  readonly chatter: number;
  readonly steps: readonly Step[];
  weather(atS: number): Weather;
};

/** Straight lines between (second, value) points. */
export function curve(points: readonly (readonly [number, number])[], at: number): number {
  const after = points.findIndex(([second]) => second > at);
  if (after === 0) return points[0]![1];
  if (after < 0) return points[points.length - 1]![1];
  const [[a, from], [b, to]] = [points[after - 1]!, points[after]!];
  return from + ((to - from) * (at - a)) / (b - a);
}

export const calm: Scenario = {
  name: 'calm',
  title: '平日',
  lengthS: 300,
  chatter: 1,
  steps: [
    { atS: 20, tell: '气象台发布大风蓝色预警', action: { do: 'warn', warning: 'wind' } },
    { atS: 45, tell: '预警链路测试（Test）', action: { do: 'warn', warning: 'test' } },
    { atS: 150, tell: '一辆车按下紧急按钮', action: { do: 'sos', forS: 60 } },
    { atS: 240, tell: '生态环境监测链路中断', action: { do: 'silence', line: 'hj212', forS: 780 } },
  ],
  weather: () => dry,
};
