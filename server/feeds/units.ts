/** A unit in UCUM, and how a number in it becomes the unit that is kept: `value * factor + offset`. */
type Conversion = { readonly unit: string; readonly factor: number; readonly offset: number };
export type Measured = { readonly value: number; readonly unit: string };

/** UN/ECE Recommendation 20 common codes → UCUM. Only codes that sensors of a city use. */
const commonCodes: Readonly<Record<string, string>> = {
  ...{ CEL: 'Cel', FAH: '[degF]', KEL: 'K' },
  ...{ GQ: 'ug/m3', GP: 'mg/m3', A93: 'g/m3', M1: 'mg/L', H29: 'ug/L', GL: 'g/L', KMQ: 'kg/m3' },
  ...{ '59': '[ppm]', '61': '[ppb]', NX: '[ppth]', P1: '%', C62: '1', H87: '1', EA: '1', IE: '1', Q30: '[pH]' },
  ...{ MTS: 'm/s', KMH: 'km/h', KNT: '[kn_i]', HM: '[mi_i]/h', '2M': 'cm/s' },
  ...{ MTR: 'm', CMT: 'cm', MMT: 'mm', KMT: 'km', '4H': 'um', FOT: '[ft_i]', INH: '[in_i]', SMI: '[mi_i]' },
  ...{ MTK: 'm2', KMK: 'km2', CMK: 'cm2', MTQ: 'm3', LTR: 'L', CMQ: 'cm3', MLT: 'mL' },
  ...{ MQS: 'm3/s', MQH: 'm3/h', G51: 'L/s', L2: 'L/min', E32: 'L/h', H67: 'mm/h' },
  ...{ PAL: 'Pa', A97: 'hPa', KPA: 'kPa', MBR: 'mbar', BAR: 'bar', HN: 'mm[Hg]', ATM: 'atm' },
  ...{ LUX: 'lx', D54: 'W/m2', '2N': 'dB', DD: 'deg', C81: 'rad' },
  ...{ D10: 'S/m', H61: 'mS/cm', G42: 'uS/cm' },
  ...{ SEC: 's', MIN: 'min', HUR: 'h', DAY: 'd', C26: 'ms' },
  ...{ VLT: 'V', '2Z': 'mV', AMP: 'A', '4K': 'mA', WTT: 'W', KWT: 'kW', KWH: 'kW.h', HTZ: 'Hz' },
  ...{ KGM: 'kg', GRM: 'g', MGM: 'mg', MC: 'ug', TNE: 't' },
};

/** What stands where a code should: symbols, spellings, and three letters that look like a code. */
const spellings: Readonly<Record<string, string>> = {
  ...{ '°C': 'Cel', '℃': 'Cel', degC: 'Cel', deg_c: 'Cel', celsius: 'Cel', 'degree celsius': 'Cel', C: 'Cel' },
  ...{
    'deg c': 'Cel',
    '° c': 'Cel',
    degreecelsius: 'Cel',
    degree_celsius: 'Cel',
    degreescelsius: 'Cel',
    摄氏度: 'Cel',
  },
  ...{ '°F': '[degF]', '℉': '[degF]', F: '[degF]', kelvin: 'K' },
  ...{ 'µg/m3': 'ug/m3', 'μg/m3': 'ug/m3', 'µg/m³': 'ug/m3', 'μg/m³': 'ug/m3', 'ug/m³': 'ug/m3', 'µg.m-3': 'ug/m3' },
  ...{ 'ug.m-3': 'ug/m3', 'ug/m^3': 'ug/m3', 'mg.m-3': 'mg/m3', 'm^3/s': 'm3/s', 'm3.s-1': 'm3/s', 'l.s-1': 'L/s' },
  ...{ 'mg/m³': 'mg/m3', 'mg/l': 'mg/L', 'ug/l': 'ug/L', 'µg/l': 'ug/L', 'μg/l': 'ug/L', 'g/l': 'g/L' },
  ...{ ppm: '[ppm]', ppb: '[ppb]', percent: '%', '％': '%', pH: '[pH]', 'm.s-1': 'm/s', 'm s-1': 'm/s', mps: 'm/s' },
  ...{ kph: 'km/h', kmh: 'km/h', kn: '[kn_i]', kt: '[kn_i]', knots: '[kn_i]', mph: '[mi_i]/h' },
  ...{ metre: 'm', meter: 'm', metres: 'm', meters: 'm', 米: 'm', 毫米: 'mm', ft: '[ft_i]', in: '[in_i]' },
  ...{ 'm³/s': 'm3/s', 'm³/h': 'm3/h', 'm3 s-1': 'm3/s', 'l/s': 'L/s', 'l/min': 'L/min', 'm³': 'm3', 'm²': 'm2' },
  ...{ HPA: 'hPa', mb: 'mbar', mmHg: 'mm[Hg]', '°': 'deg', degree: 'deg', degrees: 'deg', DEG: 'deg' },
  ...{ 'W/m²': 'W/m2', lux: 'lx', 'dB(A)': 'dB', dBA: 'dB', 'dB[SPL]': 'dB', DBA: 'dB', decibel: 'dB' },
  ...{ 'µS/cm': 'uS/cm', 'μS/cm': 'uS/cm', NTU: '[NTU]', FNU: '[FNU]', PSU: '[PSU]', '{#}': '1', count: '1' },
};

const plain = (unit: string): Conversion => ({ unit, factor: 1, offset: 0 });
const times = (unit: string, factor: number): Conversion => ({ unit, factor, offset: 0 });

/** UCUM → what is kept. Units that are not here are kept as they are and are no guess. */
const conversions: Readonly<Record<string, Conversion>> = {
  ...{ '[degF]': { unit: 'Cel', factor: 5 / 9, offset: -160 / 9 }, K: { unit: 'Cel', factor: 1, offset: -273.15 } },
  ...{ 'g/m3': times('mg/m3', 1000), 'kg/m3': times('g/L', 1), 'ug/L': times('mg/L', 0.001) },
  ...{ 'km/h': times('m/s', 1 / 3.6), '[kn_i]': times('m/s', 1852 / 3600), '[mi_i]/h': times('m/s', 0.44704) },
  ...{ 'cm/s': times('m/s', 0.01), km: times('m', 1000), cm: times('m', 0.01), um: times('mm', 0.001) },
  ...{ '[ft_i]': times('m', 0.3048), '[in_i]': times('mm', 25.4), '[mi_i]': times('m', 1609.344) },
  ...{ km2: times('m2', 1e6), cm2: times('m2', 1e-4), cm3: times('L', 0.001), mL: times('L', 0.001) },
  ...{ 'm3/h': times('m3/s', 1 / 3600), 'L/s': times('m3/s', 0.001), 'L/min': times('m3/s', 1 / 60_000) },
  ...{ 'L/h': times('m3/s', 1 / 3_600_000), Pa: times('hPa', 0.01), kPa: times('hPa', 10), mbar: times('hPa', 1) },
  ...{ bar: times('hPa', 1000), atm: times('hPa', 1013.25), 'mm[Hg]': times('hPa', 1.33322387415) },
  ...{ rad: times('deg', 180 / Math.PI), min: times('s', 60), h: times('s', 3600), d: times('s', 86_400) },
  ...{ ms: times('s', 0.001), mV: times('V', 0.001), mA: times('A', 0.001), kW: times('W', 1000) },
  ...{ 'S/m': times('uS/cm', 10_000), 'mS/cm': times('uS/cm', 1000), g: times('kg', 0.001), t: times('kg', 1000) },
};

const kept = new Set([
  ...Object.values(commonCodes),
  ...Object.values(spellings),
  ...Object.values(conversions).map(({ unit }) => unit),
]);

const lookUp = (table: Readonly<Record<string, string>>, key: string) =>
  Object.hasOwn(table, key) ? (table[key] as string) : null;

/** A unit as somebody wrote it → UCUM; null where it is none we know. Codes go before symbols: `C62` is one, not a temperature. */
export function ucumOf(written: string): string | null {
  const text = written
    .trim()
    .replace(/^(?:ucum|uom):/i, '')
    .replace(/^https?:\/\/\S*[/#:]/, '');
  return (
    lookUp(commonCodes, text) ??
    lookUp(spellings, text) ??
    (kept.has(text) ? text : null) ??
    lookUp(spellings, text.toLowerCase()) ??
    lookUp(commonCodes, text.toUpperCase())
  );
}

const rounded = (value: number) => Number(value.toPrecision(12));

/** A value in the unit that its property is kept in; where no way leads there, in its own family's unit, or as it came. */
export function measuredIn(value: number, ucum: string, wanted: string | null): Measured {
  if (ucum === wanted) return { value, unit: ucum };
  const from = conversions[ucum] ?? plain(ucum);
  if (wanted === null) return { value, unit: ucum };
  const to = conversions[wanted] ?? plain(wanted);
  const based = value * from.factor + from.offset;
  if (from.unit === to.unit) return { value: rounded((based - to.offset) / to.factor), unit: wanted };
  const between = bridges[`${from.unit}>${to.unit}`];
  return between === undefined
    ? { value, unit: ucum }
    : { value: rounded((based * between - to.offset) / to.factor), unit: wanted };
}

/** Between the units that are kept, where a property decides for the smaller one. */
const bridges: Readonly<Record<string, number>> = {
  ...{ 'mg/m3>ug/m3': 1000, 'ug/m3>mg/m3': 0.001, 'mm>m': 0.001, 'm>mm': 1000, 'L>m3': 0.001, 'm3>L': 1000 },
  ...{ 'mg/L>g/L': 0.001, 'g/L>mg/L': 1000, '1>%': 100, '%>1': 0.01 },
};
