import type { Saying } from '../link/confirmed-line.ts';
import { type PanelSaying, partsOf } from '../stations/panels.ts';
import type { Station } from '../stations/station.ts';
import { analogueValues, componentStates, resetOperation, system, transmitterState } from './data.ts';
import { commands, confirmKey, encodeFrame } from './frame.ts';

const centre = '000000000001';
const operator = 1;

function dataOf(station: Station, saying: PanelSaying, atMs: number): Buffer {
  switch (saying.say) {
    case 'states':
      return componentStates(saying.of.map(({ part, set }) => ({ part, set, atMs })));
    case 'reset':
      return resetOperation(system.fireAlarm, 1, operator, atMs);
    case 'wellbeing':
      return transmitterState(atMs);
    case 'water': {
      const parts = partsOf(station);
      return analogueValues([
        { part: parts[5]!, kind: 'height', value: saying.tankM, atMs },
        { part: parts[6]!, kind: 'pressure', value: saying.pressureKpa, atMs },
      ]);
    }
  }
}

/** What the transmitters send, each with a serial number of its own. */
export function gb26875Speaker() {
  const serials = new Map<string, number>();
  return (station: Station, saying: PanelSaying, atMs: number): Saying => {
    const source = station.key;
    const serial = ((serials.get(source) ?? 0) + 1) & 0xffff;
    serials.set(source, serial);
    const bytes = encodeFrame(
      { serial, sentAtMs: atMs, source, target: centre },
      commands.send,
      dataOf(station, saying, atMs),
    );
    return { bytes, key: confirmKey(source, serial) };
  };
}
