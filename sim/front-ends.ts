import { aisSpeaker } from './ais/speaker.ts';
import type { LineName } from './city-state.ts';
import * as fireFrames from './gb26875/frame.ts';
import { gb26875Speaker } from './gb26875/speaker.ts';
import * as hjFrames from './hj212/frame.ts';
import { answered as hjAnswered } from './hj212/message.ts';
import { hj212Speaker } from './hj212/speaker.ts';
import { confirmedLine, type Line, type LineOptions } from './link/confirmed-line.ts';
import type { Vessel } from './network/vessels.ts';
import type { Options } from './options.ts';
import type { Random } from './random.ts';
import * as slFrames from './sl651/frame.ts';
import { sl651Speaker } from './sl651/speaker.ts';
import type { PanelSaying } from './stations/panels.ts';
import type { Station } from './stations/station.ts';

/** Factory settings that are printed in every manual; the platform must not keep them all the same. */
const hjPassword = '123456';
const slPassword = 0x1234;

/** How many front ends share a protocol's stations, so that one that is torn off takes only its own with it. */
const shares = { hj212: 3, sl651: 4, gb26875: 3, ais: 1 } as const;
type Shared = keyof typeof shares;

type Parts = {
  readonly options: Options;
  readonly rng: Random;
  readonly now: () => number;
  readonly told: (text: string) => void;
};
type Values = ReadonlyMap<string, number>;

/** The departments' front ends: many stations on few TCP lines, each saying on the line of its station. */
export function frontEnds({ options, rng, now, told }: Parts) {
  const lines: { readonly of: LineName; readonly line: Line }[] = [];
  const open = (of: Shared, title: string, rest: Pick<LineOptions, 'cut' | 'confirms' | 'stores'>) => {
    const to = options.lines[of];
    if (!to) return null;
    const own = Array.from({ length: shares[of] }, (_, index) => {
      const name = shares[of] > 1 ? `${title} ${index + 1} 号线` : title;
      const line = confirmedLine({ name, to, rng, now, told, ...rest });
      lines.push({ of, line });
      return line;
    });
    return (key: string): Line => own[hashOf(key) % own.length]!;
  };
  const hj = open('hj212', 'HJ 212', { cut: hjFrames.cutFrames, confirms: hjAnswered });
  const sl = open('sl651', 'SL 651', { cut: slFrames.cutFrames, confirms: slFrames.answered });
  const fire = open('gb26875', 'GB/T 26875.3', { cut: fireFrames.cutFrames, confirms: fireFrames.answered });
  const river = open('ais', 'AIS', { stores: false });
  const [sayHj, saySl] = [hj212Speaker(hjPassword), sl651Speaker(slPassword)];
  const [sayFire, sayAis] = [gb26875Speaker(), aisSpeaker()];

  return {
    lines: lines as readonly { readonly of: LineName; readonly line: Line }[],
    hj212(station: Station, values: Values, atMs: number): void {
      const line = hj?.(station.key);
      if (line) for (const saying of sayHj(station, values, atMs)) line.put(saying);
    },
    sl651(station: Station, values: Values, of: { atMs: number; extra: boolean }): void {
      const line = sl?.(station.key);
      if (line) for (const saying of saySl(station, values, of)) line.put(saying);
    },
    panel(station: Station, saying: PanelSaying, atMs: number): void {
      const line = fire?.(station.key);
      if (line) line.put(sayFire(station, saying, atMs));
    },
    vessel(vessel: Vessel, what: 'position' | 'static', atMs: number): void {
      river?.('').put(sayAis(vessel, what, atMs));
    },
  };
}

function hashOf(text: string): number {
  let hash = 7;
  for (let index = 0; index < text.length; index++) hash = (hash * 31 + text.charCodeAt(index)) >>> 0;
  return hash;
}
