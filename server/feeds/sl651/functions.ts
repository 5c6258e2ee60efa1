/** What stands in the body after serial number and time. */
export type BodyKind =
  | 'nothing'
  | 'elements'
  | 'series'
  | 'text'
  | 'picture'
  | 'parameters'
  | 'version'
  | 'state'
  | 'switches'
  | 'gates'
  | 'events'
  | 'raw';

/** `confirm`: the station waits for a confirmation (modes M2, M3). `reply`: it answers a question, or needs no word (M1, M4). */
export type StationFunction = { readonly name: string; readonly body: BodyKind; readonly owes: 'confirm' | 'nothing' };

const report = (name: string, body: BodyKind = 'elements'): StationFunction => ({ name, body, owes: 'confirm' });
const reply = (name: string, body: BodyKind): StationFunction => ({ name, body, owes: 'nothing' });

/** SL 651-2014 annex B, function codes. */
export const functions: Readonly<Record<string, StationFunction>> = {
  '2F': reply('link keep-alive', 'nothing'),
  '30': report('test report'),
  '31': report('even-interval report', 'series'),
  '32': report('timed report'),
  '33': report('extra report'),
  '34': report('hourly report'),
  '35': report('manual report', 'text'),
  '36': report('picture', 'picture'),
  '37': reply('real-time data on request', 'elements'),
  '38': reply('interval data on request', 'series'),
  '39': reply('manual data on request', 'text'),
  '3A': reply('named elements on request', 'elements'),
  '40': reply('basic settings changed', 'parameters'),
  '41': reply('basic settings read', 'parameters'),
  '42': reply('operating settings changed', 'parameters'),
  '43': reply('operating settings read', 'parameters'),
  '44': reply('pump motor data', 'elements'),
  '45': reply('software version', 'version'),
  '46': reply('state and alarms', 'state'),
  '47': reply('stored data initialised', 'nothing'),
  '48': reply('factory settings restored', 'nothing'),
  '49': reply('password changed', 'parameters'),
  '4A': reply('clock set', 'nothing'),
  '4B': reply('IC card state set', 'state'),
  '4C': report('pump state', 'switches'),
  '4D': report('valve state', 'switches'),
  '4E': report('gate state', 'gates'),
  '4F': reply('fixed water volume', 'raw'),
  '50': reply('event records', 'events'),
  '51': reply('station clock', 'nothing'),
};

/** Settings among which the station's password stands. */
export const holdsPasswords = (functionCode: string): boolean => ['40', '41', '49'].includes(functionCode);
export const passwordParameter = 0x03;

/** SL 651-2014 table 5. */
export const stationClasses: Readonly<Record<string, string>> = {
  '44': 'pumping station',
  '47': 'groundwater',
  '48': 'river',
  '49': 'intake',
  '4B': 'reservoir',
  '4D': 'soil moisture',
  '4F': 'outfall',
  '50': 'precipitation',
  '51': 'water quality',
  '54': 'tide',
  '5A': 'sluice and dam',
};

/** SL 651-2014 table 58: bits of the state and alarm element 45 that are raised, from bit 0. */
export const stateBits: readonly string[] = [
  'mainsOff',
  'batteryLow',
  'waterLevelOverLimit',
  'flowOverLimit',
  'waterQualityOverLimit',
  'flowMeterFault',
  'levelMeterFault',
  'boxClosed',
  'storageFault',
  'icCardActive',
  'pumpStopped',
  'remainingWaterOverLimit',
];
