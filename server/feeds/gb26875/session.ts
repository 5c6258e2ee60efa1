import type { Session } from '../contract.ts';
import { noFires, type OpenFires, stepAlarms } from './alarms.ts';
import type { Gb26875Message } from './message.ts';

/** Every message stands alone; what is remembered is which fires are open, so that their end can name their beginning. */
export function session(): Session<Gb26875Message, OpenFires> {
  return {
    start: noFires,
    step: (state, message, now) => {
      const { open, steps } = stepAlarms(state, message, now);
      return { state: open, message: { ...message, alarms: steps }, refusal: null, expired: [] };
    },
    end: () => [],
  };
}
