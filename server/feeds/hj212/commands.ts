/** Who speaks: the station with data, an answer or a notice, or a platform above with a request. */
export type CommandRole = 'data' | 'request' | 'notice' | 'answer' | 'unknown';

export type Command = {
  readonly name: string;
  /**
   * `data`: values of pollutants or equipment, or without them the request for such. `parameter`: the value of a setting, or without it
   * the request. `request`: always one. `notice`, `answer`: always that.
   */
  readonly kind: 'data' | 'parameter' | 'request' | 'notice' | 'answer';
  /** What the values of a data command stand for, in seconds; `minutes` is what the source's options say. */
  readonly interval?: number | 'minutes';
};

const data = (name: string, interval?: number | 'minutes'): Command => ({ name, kind: 'data', interval });
const parameter = (name: string): Command => ({ name, kind: 'parameter' });
const request = (name: string): Command => ({ name, kind: 'request' });
const notice = (name: string): Command => ({ name, kind: 'notice' });
const answer = (name: string): Command => ({ name, kind: 'answer' });

const hourS = 3_600;
const dayS = 86_400;

/** HJ 212-2017 §6.6 and HJ/T 212-2005 §6.5: the command codes of both editions, what 2025 adds, and extensions seen in the field (3022–3024). */
export const commands: Readonly<Record<string, Command>> = {
  '1000': request('set time-out and retries'),
  '1001': request('set time-out and retries (2005)'),
  '1011': parameter('station clock'),
  '1012': request('set station clock'),
  '1013': notice('station asks for the time'),
  '1014': parameter('encryption key (2025)'),
  '1021': parameter('alarm thresholds (2005)'),
  '1022': request('set alarm thresholds (2005)'),
  '1031': parameter('platform address (2005)'),
  '1032': request('set platform address (2005)'),
  '1041': parameter('daily report time (2005)'),
  '1042': request('set daily report time (2005)'),
  '1061': parameter('real-time interval'),
  '1062': request('set real-time interval'),
  '1063': parameter('minute interval'),
  '1064': request('set minute interval'),
  '1072': request('set station password'),
  '2011': data('real-time values'),
  '2012': notice('stop real-time values'),
  '2013': data('raw measurements (2025)'),
  '2021': data('equipment state'),
  '2022': notice('stop equipment state'),
  '2031': data('day values', dayS),
  '2041': data('equipment run time of a day', dayS),
  '2051': data('minute values', 'minutes'),
  '2052': data('single noise measurement (2025)'),
  '2061': data('hour values', hourS),
  '2062': data('check against a standard (2025)'),
  '2071': data('alarm records (2005)'),
  '2072': notice('alarm event (2005)'),
  '2081': data('logger restart'),
  '2111': data('furnace temperature (2025)', 300),
  '3011': request('zero and span calibration'),
  '3012': request('sample now'),
  '3013': request('clean or blow back'),
  '3014': request('comparison sample'),
  '3015': parameter('sample kept after exceedance'),
  '3016': request('set sampling period'),
  '3017': parameter('sampling period'),
  '3018': parameter('time from sample to result'),
  '3019': parameter('device serial number'),
  '3020': parameter('device information'),
  '3021': request('set device parameter'),
  '3022': parameter('device information (extension)'),
  '3023': parameter('device log (extension)'),
  '3024': parameter('device state (extension)'),
  '9011': answer('request received'),
  '9012': answer('request carried out'),
  '9013': answer('notice received'),
  '9014': answer('data received'),
  '9015': notice('heartbeat (2025)'),
};

/** HJ 212-2017 table 5: what kind of site speaks (ST). */
export const systems: Readonly<Record<string, string>> = {
  '21': 'surface water quality',
  '22': 'ambient air quality',
  '23': 'ambient noise',
  '24': 'groundwater quality',
  '25': 'soil quality',
  '26': 'sea water quality',
  '27': 'volatile organic compounds',
  '31': 'emission to air',
  '32': 'discharge to surface water',
  '33': 'discharge to groundwater',
  '34': 'discharge to sea',
  '35': 'discharge to soil',
  '36': 'noise source',
  '37': 'vibration source',
  '38': 'radioactive source',
  '39': 'construction dust',
  '41': 'electromagnetic source',
  '44': 'electricity use',
  '45': 'production state',
  '51': 'flue gas process',
  '52': 'waste water process',
  '91': 'system dialogue',
};

/** A code has its own values only behind a dash (`a34004-Rtd`); everything else in the data section is a parameter. */
const hasValues = (keys: readonly string[]): boolean => keys.some((key) => key.includes('-'));
const asks = new Set(['begintime', 'endtime', 'polid']);

export function roleOf(code: string, keys: readonly string[]): CommandRole {
  const command = commands[code];
  if (!command) return 'unknown';
  if (command.kind === 'notice' || command.kind === 'answer' || command.kind === 'request') return command.kind;
  const isRequest = !hasValues(keys) && keys.every((key) => asks.has(key.toLowerCase()));
  return isRequest ? 'request' : 'data';
}
