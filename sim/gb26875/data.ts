import { gbk } from '../jt808/gbk.ts';
import { time } from './frame.ts';

/** Types of application data (table 3) that a transmitter uploads. */
const types = { systemState: 1, componentState: 2, analogue: 3, operation: 4, transmitterState: 21 } as const;

/** Figure 7. Bit 0 is 1 in normal operation. */
export const bits = {
  normal: 0,
  fire: 1,
  fault: 2,
  shielded: 3,
  supervised: 4,
  started: 5,
  feedback: 6,
  delayed: 7,
  powerFault: 8,
} as const;
export type Bit = keyof typeof bits;

/** Table 4 and 5, those that the simulated buildings have. */
export const system = { fireAlarm: 1, hydrant: 11, sprinkler: 12 } as const;
export const component = { callPoint: 23, heat: 31, smoke: 42, pump: 91, tank: 92, pressureSwitch: 99 } as const;

export type Component = {
  readonly system: number;
  readonly systemAddress: number;
  readonly type: number;
  /** Four bytes, little-endian: loop and number as the panel counts them. */
  readonly address: number;
  readonly text: string;
};

const word = (set: readonly Bit[]) => set.reduce((sum, bit) => sum | (1 << bits[bit]), 0);
const two = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16LE(value > 0x7fff ? value - 0x10000 : value);
  return bytes;
};
const four = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** 31 bytes of GB 18030, zeros behind; never cut in the middle of a character. */
export function description(text: string): Buffer {
  const field = Buffer.alloc(31);
  let at = 0;
  for (const character of text) {
    const bytes = gbk(character);
    if (at + bytes.length > field.length) break;
    field.set(bytes, at);
    at += bytes.length;
  }
  return field;
}

/** Type 2 (8.2.1.2): several components at once, each with its own time. */
export function componentStates(of: readonly { part: Component; set: readonly Bit[]; atMs: number }[]): Buffer {
  const objects = of.map(({ part, set, atMs }) =>
    Buffer.concat([
      Buffer.from([part.system, part.systemAddress, part.type]),
      four(part.address),
      two(word(set)),
      description(part.text),
      time(atMs),
    ]),
  );
  return Buffer.concat([Buffer.from([types.componentState, objects.length]), ...objects]);
}

/** Type 1 (8.2.1.1): the whole system. */
export function systemState(type: number, address: number, set: readonly Bit[], atMs: number): Buffer {
  return Buffer.concat([Buffer.from([types.systemState, 1, type, address]), two(word(set)), time(atMs)]);
}

/** Table 8: what is measured, and how many units of it one step of the number is. */
export const analogues = {
  height: { code: 2, perUnit: 100 },
  temperature: { code: 3, perUnit: 10 },
  /** Steps of 0.1 kPa; 4 has steps of 0.1 MPa, too coarse for a hydrant. */
  pressure: { code: 5, perUnit: 10 },
  voltage: { code: 8, perUnit: 10 },
} as const;
export type Analogue = keyof typeof analogues;

/** Type 3 (8.2.1.3). Values in m, °C, kPa, V. */
export function analogueValues(
  of: readonly { part: Component; kind: Analogue; value: number; atMs: number }[],
): Buffer {
  const objects = of.map(({ part, kind, value, atMs }) => {
    const { code, perUnit } = analogues[kind];
    return Buffer.concat([
      Buffer.from([part.system, part.systemAddress, part.type]),
      four(part.address),
      Buffer.from([code]),
      two(Math.round(value * perUnit)),
      time(atMs),
    ]);
  });
  return Buffer.concat([Buffer.from([types.analogue, objects.length]), ...objects]);
}

/** Type 4, bit 0 复位: after it a panel says nothing more of what was open. */
export function resetOperation(type: number, address: number, operator: number, atMs: number): Buffer {
  return Buffer.concat([Buffer.from([types.operation, 1, type, address, 0x01, operator]), time(atMs)]);
}

/** Type 21, bit 0 normal: what the transmitter itself says by turns. */
export function transmitterState(atMs: number): Buffer {
  return Buffer.concat([Buffer.from([types.transmitterState, 1, 0x01]), time(atMs)]);
}
