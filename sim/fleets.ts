import type { Location } from './jt808/body.ts';
import { plateColours } from './jt809/body.ts';
import { cutFrames } from './jt809/frame.ts';
import { lowerPlatform } from './jt809/platform.ts';
import { type PlatformLine, platformLine } from './link/platform-line.ts';
import type { Tokens } from './link/tokens.ts';
import type { Options } from './options.ts';
import type { Random } from './random.ts';
import type { RosterUnit, UnitKind } from './roster.ts';

/** Operators' platforms, their editions and access codes; the platform above is told the same (server/boot/simulated-feeds.ts). */
export const operators = [
  { kind: 'bus', title: '公交平台', edition: 2019, centerId: 32_010_001, userId: 8_090_001 },
  { kind: 'taxi', title: '出租平台', edition: 2011, centerId: 32_010_002, userId: 8_090_002 },
  { kind: 'hazmat', title: '危货平台', edition: 2019, centerId: 32_010_003, userId: 8_090_003 },
  { kind: 'sanitation', title: '环卫平台', edition: 2011, centerId: 32_010_004, userId: 8_090_004 },
] as const satisfies readonly {
  kind: UnitKind;
  title: string;
  edition: 2011 | 2019;
  centerId: number;
  userId: number;
}[];
const source = 'transport-jt809';

/** Private hire has blue plates, everything heavier yellow ones. */
const colourOf = (kind: UnitKind) => (kind === 'taxi' ? plateColours.blue : plateColours.yellow);

export type Fleets = {
  report(unit: RosterUnit, location: Location): void;
  turn(): void;
  silence(untilMs: number): void;
  /** Those that are open. */
  lines(): readonly PlatformLine[];
};
type Parts = {
  readonly options: Options;
  readonly rng: Random;
  readonly now: () => number;
  readonly told: (text: string) => void;
  readonly tokens: Tokens;
};

/** The vehicles of those operators on one connection each; opened once there is a password, and anew where it is another one. */
export function fleets(roster: readonly RosterUnit[], { options, rng, now, told, tokens }: Parts): Fleets {
  const { jt809: to } = options.lines;
  const own = operators.filter(({ kind }) => roster.some((unit) => unit.link === 'jt809' && unit.kind === kind));
  let byKind = new Map<UnitKind, PlatformLine>();
  let signedOnWith: string | null = null;

  function open(): void {
    const password = to && own.length > 0 ? tokens.of(source) : null;
    if (!to || password === null || password === signedOnWith) return;
    for (const line of byKind.values()) void line.close();
    signedOnWith = password;
    byKind = new Map(
      own.map(({ kind, title, edition, centerId, userId }) => {
        const platform = lowerPlatform({ edition, centerId, userId, password }, String(centerId));
        return [kind, platformLine({ name: `JT/T 809 ${title}`, to, platform, cut: cutFrames, rng, now, told })];
      }),
    );
  }

  return {
    report({ kind, plate }, location) {
      const vehicle = { plate, colour: colourOf(kind) };
      byKind.get(kind)?.say((platform, atMs) => platform.report({ vehicle, location }, atMs));
    },
    turn() {
      open();
      for (const line of byKind.values()) line.turn();
    },
    silence(untilMs) {
      for (const line of byKind.values()) line.silence(untilMs);
    },
    lines: () => [...byKind.values()],
  };
}
