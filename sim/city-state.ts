import type { Agenda } from './agenda.ts';
import type { CapMessage } from './cap/encode.ts';
import type { Location } from './jt808/body.ts';
import type { Ground, Motion } from './movement.ts';
import type { Vessel } from './network/vessels.ts';
import type { ServiceRequest } from './open311/request.ts';
import type { PushRecord, PushSource } from './push/record.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario/scenario.ts';
import type { PanelSaying } from './stations/panels.ts';
import type { Rainfall } from './stations/rain.ts';
import type { Station } from './stations/station.ts';

/** Lines that can fall silent. */
export const lineNames = ['hj212', 'sl651', 'gb26875', 'ais', 'jt809', 'mqtt'] as const;
export type LineName = (typeof lineNames)[number];

/** What the city wants said, and by whom. How it is said is the matter of the links. */
export type CityOutput =
  | { readonly to: 'terminal'; readonly unit: number; readonly location: Location; readonly covered: boolean }
  | { readonly to: 'heartbeat'; readonly unit: number }
  /** A way that is closed, or open again. */
  | { readonly to: 'closure'; readonly id: string; readonly name: string; readonly closed: boolean }
  /** A vehicle of an operator's platform. */
  | { readonly to: 'fleet'; readonly unit: number; readonly location: Location }
  | { readonly to: 'push'; readonly source: PushSource; readonly record: PushRecord }
  | { readonly to: 'cap'; readonly message: CapMessage }
  /** What a station measures, by property; `extra`: out of its turn, because it moved. */
  | {
      readonly to: 'station';
      readonly station: Station;
      readonly values: ReadonlyMap<string, number>;
      readonly extra: boolean;
      readonly rainMmH: number;
    }
  | { readonly to: 'panel'; readonly station: Station; readonly saying: PanelSaying }
  | { readonly to: 'vessel'; readonly vessel: Vessel; readonly what: 'position' | 'static' }
  /** Everything that a district's case system shows to whoever asks. */
  | { readonly to: 'filed'; readonly requests: readonly ServiceRequest[] }
  | { readonly to: 'silence'; readonly line: LineName; readonly forS: number }
  | { readonly to: 'console'; readonly text: string };

export type CityState = {
  readonly rng: Random;
  readonly ground: Ground;
  readonly motions: readonly Motion[];
  /** Until when (city seconds) each unit's SOS button is pressed; 0 = not. */
  readonly sosUntilS: Float64Array;
  readonly scenario: Scenario;
  readonly agenda: Agenda;
  readonly stations: readonly Station[];
  readonly rain: Rainfall;
  /** What does not follow from the day: `<station>/<property>` → a value, until a city second. */
  readonly forced: Map<string, { readonly value: number; readonly untilS: number }>;
  /** Bulletins in force of one event, newest first. */
  readonly inForce: Map<string, readonly CapMessage[]>;
  out: CityOutput[];
  /** The city's own time, and the moment that messages carry. */
  nowS: number;
  nowMs: number;
  ordinal: number;
  /** The unit that a scenario strands, once chosen. */
  stranded: number | null;
  /** Says a unit's position at once, out of its turn. */
  reportNow(unit: number): void;
  /** The same for a station. */
  stationNow(key: string): void;
};

export const say = (state: CityState, text: string): void => {
  state.out.push({ to: 'console', text });
};
