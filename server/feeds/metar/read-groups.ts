import type { Bound, Cloud, DayTime, RunwayRange, Visibility, Weather, Wind } from './message.ts';

const mpsOf = { KT: 1852 / 3600, MPS: 1, KMH: 1 / 3.6 } as const;
const mileM = 1609.344;
const footM = 0.3048;
export const round = (value: number, decimals = 2): number => Math.round(value * 10 ** decimals) / 10 ** decimals;

const boundOf = (sign: string | undefined): Bound => (sign === 'P' ? 'more' : sign === 'M' ? 'less' : null);
const digits = (text: string | undefined): number | null =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : null;

const windGroup = /^(VRB|\d{3}|\/{3}|MMM)(P?)(\d{2,3}|\/{2,4}|MM)(?:G(P?)(\d{2,3}|\/\/|MM))?(KTS?|MPS|KMH|KPH)?$/;

/** Without a unit it is taken for knots, and only where a wind must stand (`assumed`). */
export function readWind(token: string, assume: boolean): Wind | null {
  const parts = windGroup.exec(token);
  if (!parts || (parts[6] === undefined && !assume)) return null;
  const [, direction, over, speed, gustOver, gust, named] = parts;
  const unit = named === 'KPH' ? 'KMH' : ((named?.replace('KTS', 'KT') ?? 'KT') as keyof typeof mpsOf);
  const degrees = digits(direction);
  if (degrees !== null && degrees > 360) return null;
  const mps = (text: string | undefined) => {
    const value = digits(text);
    return value === null ? null : round(value * mpsOf[unit], 3);
  };
  const speedMps = mps(speed);
  const calm = speedMps === 0 && degrees === 0;
  return {
    raw: token,
    directionDeg: degrees === null || calm ? null : degrees % 360,
    variable: direction === 'VRB',
    speedMps,
    gustMps: mps(gust),
    bound: over || gustOver ? 'more' : null,
    unit,
    fromDeg: null,
    toDeg: null,
  };
}

/** `260V360`. */
export function readVariation(token: string): { fromDeg: number; toDeg: number } | null {
  const parts = /^(\d{3})V(\d{3})(?:KT)?$/.exec(token);
  const [from, to] = [Number(parts?.[1]), Number(parts?.[2])];
  return parts && from <= 360 && to <= 360 ? { fromDeg: from, toDeg: to } : null;
}

const towards = 'N|NE|E|SE|S|SW|W|NW';
const metric = new RegExp(`^([PM])?(\\d{4}|////)M?(?:NDV)?(${towards})?$`);
const miles = /^([PM])?(?:(\d{1,3})|(?:(\d{1,2})\s)?(\d{1,2})\/(\d{1,2})|(\d)(\d)\/(\d{1,2}))SM$/;

/** Metres, kilometres or statute miles; 9999 is ten kilometres or more. A whole number before a fraction may be a token of its own. */
export function readVisibility(token: string): Visibility | null {
  // `/1/4SM` and `6SPM` are slips of the hand.
  const meant = token.replace(/^\/(?=\d\/\d{1,2}SM$)/, '').replace(/^(\d{1,2})(?:PSM|SPM)$/, 'P$1SM');
  const inMetres = metric.exec(token);
  if (inMetres) {
    const value = digits(inMetres[2]);
    const far = value === 9999;
    const bound = far ? 'more' : boundOf(inMetres[1]);
    return { raw: token, metres: far ? 10_000 : value, bound, direction: inMetres[3] ?? null };
  }
  const kilometres = /^([PM])?(\d{1,2})KM$/.exec(token);
  if (kilometres)
    return { raw: token, metres: Number(kilometres[2]) * 1000, bound: boundOf(kilometres[1]), direction: null };
  if (token === '////SM') return { raw: token, metres: null, bound: null, direction: null };
  const inMiles = miles.exec(meant);
  if (!inMiles) return null;
  const value = milesOf(inMiles);
  return value === null
    ? null
    : { raw: token, metres: round(value * mileM, 0), bound: boundOf(inMiles[1]), direction: null };
}

/** `11/2SM` is one and a half: no fraction of a report is larger than one. */
function milesOf(parts: RegExpExecArray): number | null {
  const [, , whole, before, over, under, glued, gluedOver, gluedUnder] = parts;
  if (whole !== undefined) return Number(whole);
  if (glued !== undefined) return fraction(Number(glued), Number(gluedOver), Number(gluedUnder));
  if (before === undefined && Number(over) > Number(under) && over?.length === 2)
    return fraction(Number(over[0]), Number(over[1]), Number(under));
  return fraction(Number(before ?? 0), Number(over), Number(under));
}
const fraction = (whole: number, over: number, under: number): number | null =>
  under === 0 || over > under ? null : whole + over / under;

const range = /^R(\d{2}[LCR]{0,2})\/([PM])?(\d{4}|\/{4})(?:V([PM])?(\d{4}))?(FT)?\/?([UDN])?$/;
const tendencies = { U: 'up', D: 'down', N: 'none' } as const;

export function readRunwayRange(token: string): RunwayRange | null {
  const parts = range.exec(token);
  if (!parts) return null;
  const [, runway, sign, low, highSign, high, feet, tendency] = parts;
  const metres = (text: string | undefined) => {
    const value = digits(text);
    return value === null ? null : round(feet ? value * footM : value, 0);
  };
  return {
    raw: token,
    runway: runway!,
    metres: metres(low),
    bound: boundOf(sign),
    toMetres: metres(high),
    toBound: boundOf(highSign),
    tendency: tendency ? tendencies[tendency as keyof typeof tendencies] : null,
  };
}

/** Runway states (eight figures in all, with or without R, closed by snow, cleared, dry) are kept as they are. */
export const isRunwayState = (token: string): boolean =>
  /^R(?:\d{2}[LCR]?)?\/(?:[\d/]{6}|SNOCLO|CLRD(?:\d{2}|\/\/)?|\d{2}D)$/.test(token) ||
  /^\d{2}(?:[\d/]{6}|SNOCLO|CLRD(?:\d{2}|\/\/))$|^SNOCLO$/.test(token);

const descriptors = 'MI|PR|BC|DR|BL|SH|TS|FZ';
const phenomena = 'DZ|RA|SN|SG|IC|PL|GR|GS|UP|BR|FG|FU|VA|DU|SA|HZ|PY|PO|SQ|FC|SS|DS';
const weather = new RegExp(`^(\\+|-)?(VC|RE)?((?:${descriptors})*)((?:${phenomena})*)$`);
/** `SNSH`, `DSTS`: some write what falls before what it falls from. */
const turned = new RegExp(`^([+-]?(?:VC|RE)?)((?:${phenomena})+)(SH|TS)$`);

/** WMO table 4678. A descriptor alone says something only of a thunderstorm, or of showers near by. */
export function readWeather(token: string): Weather | null {
  const parts = weather.exec(token.replace(turned, '$1$3$2'));
  if (!parts) return null;
  const [, sign, place, described = '', named = ''] = parts;
  const inTwos = (text: string): string[] => text.match(/../g) ?? [];
  const vicinity = place === 'VC';
  const sense = named !== '' || described.includes('TS') || (described === 'SH' && vicinity);
  if (!sense) return null;
  return {
    raw: token,
    intensity: sign === '+' ? 'heavy' : sign === '-' ? 'light' : 'moderate',
    vicinity,
    recent: place === 'RE',
    descriptors: inTwos(described),
    phenomena: inTwos(named),
  };
}

const layer = /^(FEW|SCT|BKN|OVC|\/\/\/|VV)(\d{3}|\/\/\/)(?:\/\/\/)?(CB|TCU|C[UICS]|S[CT]|A[CS]|NS)?$/;

/** Hundreds of feet; `///` is not measured. */
export function readCloud(token: string): Cloud | null {
  if (/^(?:SKC|CLR|NSC|NCD)$/.test(token)) return { raw: token, amount: token, baseM: null, type: null };
  const parts = layer.exec(token);
  if (!parts) return null;
  const [, amount, height, type] = parts;
  const hundreds = digits(height);
  return {
    raw: token,
    amount: amount === '///' ? null : amount!,
    baseM: hundreds === null ? null : round(hundreds * 100 * footM, 0),
    type: type === 'CB' || type === 'TCU' ? type : null,
  };
}

const degrees = /^(M)?(\d{1,2})$/;
/** M06 is six below zero. */
export function readCelsius(text: string): number | null {
  const parts = degrees.exec(text);
  return parts ? (parts[1] ? -Number(parts[2]) || 0 : Number(parts[2])) : null;
}

export function readTemperatures(token: string): { temperature: number | null; dewPoint: number | null } | null {
  const parts = /^(M?\d{1,2}|\/{2,3}|XX|MM)\/(M?\d{1,2}|\/{2,3}|XX|MM)?$/.exec(token);
  return parts && { temperature: readCelsius(parts[1]!), dewPoint: readCelsius(parts[2] ?? '') };
}

const inchHpa = 33.863_886;
/** `Q1007/2974`: hectopascals, and the same in inches. */
export function readPressure(token: string): { raw: string; hPa: number | null } | null {
  const parts =
    /^(?:Q(?:NH)?\.?(\d{4}(?:\.\d)?|\/{4})(?:HPA|\/(?:\d{2}\.?)?\d{2})?|(?:A|QNH)(\d{4}|\/{4})(?:INS)?)$/.exec(token);
  if (!parts) return null;
  const hectopascals = parts[1] === undefined || parts[1].startsWith('/') ? null : Number(parts[1]);
  const inches = digits(parts[2]);
  const ofInches = token.startsWith('A') || token.endsWith('INS');
  const value = ofInches ? (inches ?? hectopascals) : hectopascals;
  return { raw: token, hPa: value === null ? null : ofInches ? round((value / 100) * inchHpa, 1) : value };
}

export function readSea(token: string): { raw: string; temperatureCel: number | null; waveM: number | null } | null {
  const parts = /^W(M?\d{2}|\/\/)\/(?:S(\d|\/)|H(\d{1,3}|\/{1,3}))$/.exec(token);
  if (!parts) return null;
  const decimetres = digits(parts[3]);
  return { raw: token, temperatureCel: readCelsius(parts[1]!), waveM: decimetres === null ? null : decimetres / 10 };
}

/** `RF00.2/012.4`: millimetres of the last ten minutes, and since nine o'clock. */
export function readRain(token: string): { raw: string; lastTenMinutesMm: number | null } | null {
  const parts = /^RF(\d{2}\.\d|[/.]{4})\/(?:\d{3}\.\d|[/.]{5})$/.exec(token);
  if (!parts) return null;
  return { raw: token, lastTenMinutesMm: /^\d/.test(parts[1]!) ? Number(parts[1]) : null };
}

/** `ddhhmm`, and `ddhh` with hours up to 24. */
export function readDayTime(text: string): DayTime | null {
  const parts = /^(\d{2})(\d{2})(\d{2})?$/.exec(text);
  if (!parts) return null;
  const [day, hour, minute] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)];
  const valid = day >= 1 && day <= 31 && minute <= 59 && (hour <= 23 || (hour === 24 && minute === 0));
  return valid ? { day, hour, minute } : null;
}
