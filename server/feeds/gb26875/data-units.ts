import {
  analogueTypes,
  componentBits,
  componentTypes,
  hasUnknownBits,
  nameOf,
  namesOfBits,
  panelOperations,
  scaled,
  systemBits,
  systemTypes,
  transmitterBits,
  transmitterOperations,
} from './codes.ts';
import type { FieldReader } from './field-reader.ts';
import type { DataObject } from './message.ts';

/** How one information object of a data type is laid out (GB/T 26875.3 §8.3). */
export type DataType = {
  readonly name: string;
  /** Bytes of one object, its time included; null where the object states its own length. */
  readonly size: number | null;
  /** The last six bytes are the time. Some transmitters leave it out. */
  readonly timed?: boolean;
  readonly read: (reader: FieldReader) => DataObject;
  /** Another layout, told by a length that fits nothing else; its size counts the time too. */
  readonly or?: { readonly size: number; readonly read: (reader: FieldReader) => DataObject };
  /** Codes in it that the standard does not name. */
  readonly unknown?: (object: DataObject) => boolean;
};

const system = (reader: FieldReader): DataObject => {
  const systemType = reader.u8();
  return { systemType, systemName: nameOf(systemTypes, systemType)[1], systemAddress: reader.u8() };
};
const component = (reader: FieldReader): DataObject => {
  const of = system(reader);
  const componentType = reader.u8();
  const componentName = nameOf(componentTypes, componentType)[1];
  return { ...of, componentType, componentName, componentAddress: reader.u32() };
};
const state = (word: number, names: readonly string[]): DataObject => ({
  state: word,
  states: namesOfBits(word, names),
});
const operation = (reader: FieldReader, names: readonly string[]): DataObject => {
  const flags = reader.u8();
  return { operation: flags, operations: namesOfBits(flags, names), operator: reader.u8() };
};
const version = (reader: FieldReader): DataObject => ({ versionMain: reader.u8(), versionUser: reader.u8() });
const text = (reader: FieldReader): DataObject => ({ text: reader.text(reader.u8()) });
const analogue = (reader: FieldReader): DataObject => {
  const analogueType = reader.u8();
  const raw = reader.i16();
  const known = analogueTypes[analogueType];
  return {
    analogueType,
    analogueName: known?.property ?? nameOf({}, analogueType)[1],
    analogueRaw: raw,
    analogueValue: known ? scaled(raw, known.scale) : raw,
  };
};
const records = (reader: FieldReader): DataObject => ({ recordCount: reader.u8(), time: reader.time().time });

const systemQuery = (name: string): DataType => ({ name, size: 2, read: system });
/** The standard asks for a component by its address alone; most implementations send its type as well. */
const componentQuery = (name: string): DataType => ({
  name,
  size: 7,
  read: component,
  or: { size: 6, read: (reader) => ({ ...system(reader), componentAddress: reader.u32() }) },
});
/** One reserved byte. */
const bare = (name: string): DataType => ({
  name,
  size: 1,
  read: (reader) => {
    reader.u8();
    return {};
  },
});

const unknownSystem = ({ systemType = 0 }: DataObject): boolean => !(systemType in systemTypes);
const unknownComponent = (object: DataObject): boolean =>
  unknownSystem(object) || !((object.componentType ?? 0) in componentTypes);
const unknownState =
  (names: readonly string[]) =>
  (object: DataObject): boolean =>
    hasUnknownBits(object.state ?? 0, names);

export const dataTypes: Readonly<Record<number, DataType>> = {
  1: {
    name: 'system state',
    size: 10,
    timed: true,
    read: (reader) => ({ ...system(reader), ...state(reader.u16(), systemBits) }),
    unknown: (object) => unknownSystem(object) || unknownState(systemBits)(object),
  },
  2: {
    name: 'component state',
    size: 46,
    timed: true,
    read: (reader) => ({
      ...component(reader),
      ...state(reader.u16(), componentBits),
      description: reader.text(31),
    }),
    /** Some makers leave the description out. */
    or: {
      size: 15,
      read: (reader) => ({ ...component(reader), ...state(reader.u16(), componentBits), description: '' }),
    },
    unknown: (object) => unknownComponent(object) || unknownState(componentBits)(object),
  },
  3: {
    name: 'component analogue value',
    size: 16,
    timed: true,
    read: (reader) => ({ ...component(reader), ...analogue(reader) }),
    unknown: (object) => unknownComponent(object) || !((object.analogueType ?? 0) in analogueTypes),
  },
  4: {
    name: 'system operation',
    size: 10,
    timed: true,
    read: (reader) => ({ ...system(reader), ...operation(reader, panelOperations) }),
    unknown: unknownSystem,
  },
  5: { name: 'system software version', size: 4, read: (reader) => ({ ...system(reader), ...version(reader) }) },
  6: { name: 'system configuration', size: null, read: (reader) => ({ ...system(reader), ...text(reader) }) },
  7: {
    name: 'component configuration',
    size: 38,
    read: (reader) => ({ ...component(reader), description: reader.text(31) }),
  },
  8: { name: 'system time', size: 8, read: (reader) => ({ ...system(reader), time: reader.time().time }) },
  21: {
    name: 'transmitter state',
    size: 7,
    timed: true,
    read: (reader) => state(reader.u8(), transmitterBits),
    unknown: unknownState(transmitterBits),
  },
  24: {
    name: 'transmitter operation',
    size: 8,
    timed: true,
    read: (reader) => operation(reader, transmitterOperations),
  },
  25: { name: 'transmitter software version', size: 2, read: version },
  26: { name: 'transmitter configuration', size: null, read: text },
  28: { name: 'transmitter time', size: 6, read: (reader) => ({ time: reader.time().time }) },
  61: systemQuery('read system state'),
  62: componentQuery('read component state'),
  63: componentQuery('read component analogue value'),
  64: {
    name: 'read system operations',
    size: 9,
    read: (reader) => ({ ...system(reader), ...records(reader) }),
  },
  65: systemQuery('read system software version'),
  66: systemQuery('read system configuration'),
  67: componentQuery('read component configuration'),
  68: systemQuery('read system time'),
  81: bare('read transmitter state'),
  84: { name: 'read transmitter operations', size: 7, read: records },
  85: bare('read transmitter software version'),
  86: bare('read transmitter configuration'),
  88: bare('read transmitter time'),
  89: bare('initialise transmitter'),
  90: { name: 'set transmitter clock', size: 6, read: (reader) => ({ time: reader.time().time }) },
  91: { name: 'staff check', size: 1, read: (reader) => ({ timeoutMin: reader.u8() }) },
};
