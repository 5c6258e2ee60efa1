import { type Bit, type Component, component, system } from '../gb26875/data.ts';
import { random } from '../random.ts';
import type { Station } from './station.ts';

/** What a fire control room has behind its transmitter; texts and numbers are made up from the building's own name. */
export function partsOf(station: Station): readonly Component[] {
  const rng = random('panel', station.key);
  const floors = rng.int(6, 30);
  const part = (type: number, address: number, text: string, systemType: number = system.fireAlarm): Component => ({
    system: systemType,
    systemAddress: 1,
    type,
    address,
    text,
  });
  const floor = rng.int(2, floors);
  return [
    part(component.smoke, 0x0100 + floor * 4, `${floor}层走廊烟感`),
    part(component.smoke, 0x0101 + floor * 4, `${floor}层电梯厅烟感`),
    part(component.heat, 0x0200 + floor, `${floor}层厨房温感`),
    part(component.callPoint, 0x0300 + floor, `${floor}层手动报警按钮`),
    part(component.pump, 1, '消防泵房1号喷淋泵', system.sprinkler),
    part(component.tank, 2, '屋顶消防水箱', system.hydrant),
    part(component.pressureSwitch, 3, '室内消火栓管网', system.hydrant),
  ];
}

export type PanelSaying =
  | { readonly say: 'states'; readonly of: readonly { readonly part: Component; readonly set: readonly Bit[] }[] }
  | { readonly say: 'reset' }
  | { readonly say: 'water'; readonly tankM: number; readonly pressureKpa: number }
  | { readonly say: 'wellbeing' };

export type PanelStep = { readonly afterS: number; readonly saying: PanelSaying };

const normal: readonly Bit[] = ['normal'];
const inFire: readonly Bit[] = ['normal', 'fire'];

/** A fire: a detector, its neighbour, somebody presses a button, the sprinkler pump starts; then it is out and the panel is reset. */
export function fireSteps(parts: readonly Component[], outAfterS: number): PanelStep[] {
  const [smoke, next, heat, button, pump] = parts;
  return [
    { afterS: 0, saying: { say: 'states', of: [{ part: smoke!, set: inFire }] } },
    { afterS: 14, saying: { say: 'states', of: [{ part: next!, set: inFire }] } },
    {
      afterS: 31,
      saying: {
        say: 'states',
        of: [
          { part: heat!, set: inFire },
          { part: button!, set: inFire },
        ],
      },
    },
    { afterS: 38, saying: { say: 'states', of: [{ part: pump!, set: ['normal', 'started', 'feedback'] }] } },
    { afterS: outAfterS, saying: { say: 'states', of: [{ part: pump!, set: normal }] } },
    { afterS: outAfterS + 5, saying: { say: 'reset' } },
  ];
}

/** A detector out of order until somebody has looked at it: a status, nobody's alarm. */
export const faultSteps = (parts: readonly Component[], repairedAfterS: number): PanelStep[] => [
  { afterS: 0, saying: { say: 'states', of: [{ part: parts[1]!, set: ['normal', 'fault'] }] } },
  { afterS: repairedAfterS, saying: { say: 'states', of: [{ part: parts[1]!, set: normal }] } },
];

/** The monthly test: bit 0 is 0 while a system is under test (figure 7), so that it is no fire. */
export const testSteps = (parts: readonly Component[]): PanelStep[] => [
  { afterS: 0, saying: { say: 'states', of: [{ part: parts[3]!, set: ['fault'] }] } },
  { afterS: 40, saying: { say: 'states', of: [{ part: parts[3]!, set: normal }] } },
];
