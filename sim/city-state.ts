import type { Agenda } from './agenda.ts';
import type { CapMessage } from './cap/encode.ts';
import type { Location } from './jt808/body.ts';
import type { Ground, Motion } from './movement.ts';
import type { PushRecord, PushSource } from './push/record.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario/scenario.ts';

/** What the city wants said, and by whom. How it is said is the matter of the links. */
export type CityOutput =
  | { readonly to: 'terminal'; readonly unit: number; readonly location: Location; readonly covered: boolean }
  | { readonly to: 'heartbeat'; readonly unit: number }
  | { readonly to: 'push'; readonly source: PushSource; readonly record: PushRecord }
  | { readonly to: 'cap'; readonly message: CapMessage }
  | { readonly to: 'console'; readonly text: string };

export type CityState = {
  readonly rng: Random;
  readonly ground: Ground;
  readonly motions: readonly Motion[];
  /** Until when (city seconds) each unit's SOS button is pressed; 0 = not. */
  readonly sosUntilS: Float64Array;
  readonly scenario: Scenario;
  readonly agenda: Agenda;
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
};

export const say = (state: CityState, text: string): void => {
  state.out.push({ to: 'console', text });
};
