import { panelOperations, systemBits } from './codes.ts';
import type { DataObject, Gb26875Message } from './message.ts';

/** Fires of one connection that are open, by transmitter or system: subject key → the reference of the alert that opened it. */
export type OpenFires = {
  readonly count: number;
  /** The group that was touched longest ago first. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, string>>;
};
export const noFires: OpenFires = { count: 0, groups: new Map() };

/** A transmitter serves a building or a few; past this many the oldest group is forgotten (its alerts then end with their own time). */
export const mostOpenFires = 4096;

export type AlarmStep = {
  readonly kind: 'open' | 'close';
  /** Position among the objects of the message. */
  readonly object: number;
  readonly subject: string;
  /** Of the alert that opened it: `subject,fire,since`. */
  readonly reference: string;
};

/** `<source>`, `<source>/<system>` or `<source>/<component>`: a component's address is unique only within its system. */
export function subjectOf(source: string, object: DataObject): string {
  if (object.systemType === undefined) return source;
  const system = `${source}/${object.systemType}.${object.systemAddress}`;
  return object.componentAddress === undefined ? system : `${system}.${object.componentAddress}`;
}

export const fireBit = 1 << 1;
const resetBit = 1 << systemBits.indexOf('reset');
const resetOperation = 1 << panelOperations.indexOf('reset');

const systemState = 1;
const componentState = 2;
const systemOperation = 4;
const transmitterState = 21;
export const stateTypes: ReadonlySet<number> = new Set([systemState, componentState, transmitterState]);

/** A panel that is reset says nothing more of its components: their fires are over with it. */
const isReset = (type: number, object: DataObject): boolean =>
  (type === systemState && ((object.state ?? 0) & resetBit) !== 0) ||
  (type === systemOperation && ((object.operation ?? 0) & resetOperation) !== 0);

const trustMs = 12 * 3_600_000;

/**
 * What a fire is told apart by from the next one of its component: the panel's clock, where the transmitter's agrees with it (a panel
 * whose clock stands still must not hide the second fire behind the first), else the transmitter's, else ours.
 */
function sinceOf({ header }: Gb26875Message, { time }: DataObject, now: number): string {
  if (time && header.time) {
    const apart = Math.abs(Date.parse(time) - Date.parse(header.time));
    return apart <= trustMs ? time : header.time;
  }
  return time ?? header.time ?? (now > 0 && now < 8.64e15 ? new Date(now).toISOString() : `serial ${header.serial}`);
}

/** Which fires a message opens and closes. A state that is repeated opens nothing; one that was never open closes nothing. */
export function stepAlarms(
  open: OpenFires,
  message: Gb26875Message,
  now: number,
): { open: OpenFires; steps: readonly AlarmStep[] } {
  const { unit, header } = message;
  if (!unit || (!stateTypes.has(unit.type) && unit.type !== systemOperation)) return { open, steps: [] };
  const steps: AlarmStep[] = [];
  const changes = changesTo(open);
  for (const [at, object] of unit.objects.entries()) {
    const subject = subjectOf(header.source, object);
    const group = groupOf(header.source, object);
    const close = (key: string, reference: string) => {
      changes.remove(group, key);
      steps.push({ kind: 'close', object: at, subject: key, reference });
    };
    if (isReset(unit.type, object)) for (const [key, reference] of changes.of(group)) close(key, reference);
    if (!stateTypes.has(unit.type)) continue;
    const since = changes.of(group).get(subject);
    const burns = ((object.state ?? 0) & fireBit) !== 0;
    if (!burns && since !== undefined) close(subject, since);
    if (!burns || since !== undefined) continue;
    const reference = `${subject},fire,${sinceOf(message, object, now)}`;
    changes.add(group, subject, reference);
    steps.push({ kind: 'open', object: at, subject, reference });
  }
  return { open: changes.done(), steps };
}

const groupOf = (source: string, { systemType, systemAddress }: DataObject): string =>
  systemType === undefined ? source : `${source}/${systemType}.${systemAddress}`;

const none: ReadonlyMap<string, string> = new Map();

/** A draft of the next state: each group is copied once, when it is first changed, and nothing is where nothing changes. */
function changesTo(open: OpenFires) {
  const touched = new Map<string, Map<string, string>>();
  let { count } = open;
  const own = (group: string) => {
    const fires = touched.get(group) ?? new Map(open.groups.get(group));
    touched.set(group, fires);
    return fires;
  };
  return {
    of: (group: string) => touched.get(group) ?? open.groups.get(group) ?? none,
    add(group: string, subject: string, reference: string) {
      own(group).set(subject, reference);
      count++;
    },
    remove(group: string, subject: string) {
      own(group).delete(subject);
      count--;
    },
    done(): OpenFires {
      if (touched.size === 0) return open;
      const groups = new Map(open.groups);
      for (const [group, fires] of touched) {
        groups.delete(group);
        if (fires.size > 0) groups.set(group, fires);
      }
      for (const [group, fires] of groups) {
        if (count <= mostOpenFires) break;
        groups.delete(group);
        count -= fires.size;
      }
      return { count, groups };
    },
  };
}
