import type { ReadingRecord } from '@/server/wire/record.ts';

export type Statistic = ReadingRecord['statistic'];
/** How an attribute of the data models becomes a reading. */
export type Measure = {
  readonly property: string;
  /** The unit that is kept (UCUM). */
  readonly unit: string | null;
  /** The unit of a value that states none, where it is another one than `unit`. */
  readonly sent?: string;
  readonly statistic?: Statistic;
  /** The model leaves the unit open, so a value without one is a guess. */
  readonly open?: boolean;
  /** The model says 0…1; some send per cent. */
  readonly fraction?: boolean;
  /** Degrees that some send as −180…180. */
  readonly direction?: boolean;
  /** A truth: 1 or 0. */
  readonly truth?: boolean;
};

type Table = Readonly<Record<string, Measure>>;

const air = (unit: string, names: string): Record<string, Measure> =>
  Object.fromEntries(names.split(' ').map((name) => [name, { property: name, unit, open: true }]));
const inUnit = (unit: string | null, names: string): Record<string, Measure> =>
  Object.fromEntries(names.split(' ').map((name) => [name, { property: name, unit }]));

/** Properties carry the names that the other weather feeds use. */
const weather: Table = {
  temperature: { property: 'airTemperature', unit: 'Cel' },
  feelsLikeTemperature: { property: 'feelsLikeTemperature', unit: 'Cel' },
  feelLikesTemperature: { property: 'feelsLikeTemperature', unit: 'Cel' },
  dewPoint: { property: 'dewPoint', unit: 'Cel' },
  relativeHumidity: { property: 'relativeHumidity', unit: '%', fraction: true },
  atmosphericPressure: { property: 'airPressure', unit: 'hPa' },
  barometricPressure: { property: 'airPressure', unit: 'hPa' },
  pressureTendency: { property: 'pressureTendency', unit: 'hPa' },
  precipitation: { property: 'precipitation', unit: 'mm', statistic: 'sum' },
  windSpeed: { property: 'windSpeed', unit: 'm/s' },
  gustSpeed: { property: 'windGust', unit: 'm/s', statistic: 'max' },
  windDirection: { property: 'windDirection', unit: 'deg', direction: true },
  visibility: { property: 'visibility', unit: 'm' },
  illuminance: { property: 'illuminance', unit: 'lx' },
  solarRadiation: { property: 'solarRadiation', unit: 'W/m2' },
  diffuseIrradiation: { property: 'diffuseIrradiation', unit: 'W/m2' },
  directIrradiation: { property: 'directIrradiation', unit: 'W/m2' },
  snowHeight: { property: 'snowDepth', unit: 'cm' },
  streamGauge: { property: 'waterLevel', unit: 'm', sent: 'cm' },
  uVIndexMax: { property: 'uvIndex', unit: '1', statistic: 'max' },
  uvIndexMax: { property: 'uvIndex', unit: '1', statistic: 'max' },
};

/** The models of today write small letters; both name one property. */
const small = (names: string): Record<string, Measure> =>
  Object.fromEntries(
    names.split(' ').map((name) => [name.toLowerCase(), { property: name, unit: 'ug/m3', open: true }]),
  );

const gases: Table = {
  ...air('ug/m3', 'NO NO2 NOx SO2 O3 NH3 H2S C6H6 Cd Ni As Hg Pb'),
  ...small('NO NOx NH3 H2S C6H6 PM4 TSP'),
  co2: { property: 'CO2', unit: '[ppm]', open: true },
  ...air('mg/m3', 'CO'),
  CO2: { property: 'CO2', unit: '[ppm]', open: true },
  PM1: { property: 'PM1', unit: 'ug/m3', open: true },
  PM10: { property: 'PM10', unit: 'ug/m3', open: true },
  'PM2.5': { property: 'PM2.5', unit: 'ug/m3', open: true },
  PM25: { property: 'PM2.5', unit: 'ug/m3', open: true },
  pm1: { property: 'PM1', unit: 'ug/m3', open: true },
  pm10: { property: 'PM10', unit: 'ug/m3', open: true },
  pm25: { property: 'PM2.5', unit: 'ug/m3', open: true },
  no2: { property: 'NO2', unit: 'ug/m3', open: true },
  so2: { property: 'SO2', unit: 'ug/m3', open: true },
  o3: { property: 'O3', unit: 'ug/m3', open: true },
  co: { property: 'CO', unit: 'mg/m3', open: true },
  airQualityIndex: { property: 'airQualityIndex', unit: '1' },
};

const water: Table = {
  waterLevel: { property: 'waterLevel', unit: 'm' },
  height: { property: 'waterHeight', unit: 'm' },
  flow: { property: 'waterFlow', unit: 'm3/s', open: true },
  waterDischarge: { property: 'waterDischarge', unit: 'm3/s', open: true },
  objectArea: { property: 'objectArea', unit: 'm2' },
  objectHeightAverage: { property: 'objectHeight', unit: 'm', statistic: 'mean' },
  objectHeightMax: { property: 'objectHeight', unit: 'm', statistic: 'max' },
  objectVolume: { property: 'objectVolume', unit: 'm3' },
  temperature: { property: 'waterTemperature', unit: 'Cel' },
};

const waterQuality: Table = {
  ...inUnit(
    'mg/L',
    'NO3 NO2 NH4 NH3 Cl Al As B Ba Cd Cr Cr-III Cr-VI Cu Fe Hg Ni Pb Se Sn Zn TKN N-TOT P-TOT P-PO4 THC TO tss tds O2 ' +
      'alkalinity fluoride sulphate sulphite anionic-surfactants cationic-surfactants non-ionic-surfactants total-surfactants',
  ),
  temperature: { property: 'waterTemperature', unit: 'Cel' },
  conductivity: { property: 'conductivity', unit: 'uS/cm', sent: 'S/m' },
  conductance: { property: 'conductance', unit: 'uS/cm', sent: 'S/m' },
  turbidity: { property: 'turbidity', unit: '[FNU]', open: true },
  pH: { property: 'pH', unit: '[pH]' },
  orp: { property: 'redoxPotential', unit: 'V', open: true },
  salinity: { property: 'salinity', unit: '[ppth]', open: true },
  flow: { property: 'waterFlow', unit: 'm3/s', open: true },
};

/** Levels over time have names that say their weighting; all are dB. */
const noise: Table = {
  LAeq: { property: 'LAeq', unit: 'dB', statistic: 'mean' },
  LAmax: { property: 'LAmax', unit: 'dB', statistic: 'max' },
  LAS: { property: 'LAS', unit: 'dB' },
  LAeq_d: { property: 'LAeq.day', unit: 'dB', statistic: 'mean' },
  LAeq_n: { property: 'LAeq.night', unit: 'dB', statistic: 'mean' },
  LA10: { property: 'LA10', unit: 'dB' },
  LA50: { property: 'LA50', unit: 'dB' },
  LA90: { property: 'LA90', unit: 'dB' },
  Laeq2: { property: 'LAeq', unit: 'dB', statistic: 'mean' },
  Lamax2: { property: 'LAmax', unit: 'dB', statistic: 'max' },
  noiseAnnoyanceIndex: { property: 'noiseAnnoyanceIndex', unit: '1' },
};

const crowd: Table = {
  peopleCount: { property: 'peopleCount', unit: '1', statistic: 'count' },
  peopleCountTowards: { property: 'peopleCount.towards', unit: '1', statistic: 'count' },
  peopleCountAway: { property: 'peopleCount.away', unit: '1', statistic: 'count' },
  averageCrowdSpeed: { property: 'crowdSpeed', unit: 'm/s', sent: 'km/h', statistic: 'mean' },
  averageHeadwayTime: { property: 'headwayTime', unit: 's', statistic: 'mean' },
  occupancy: { property: 'crowdOccupancy', unit: '%', fraction: true },
  congested: { property: 'congested', unit: '1', truth: true },
};

const traffic: Table = {
  intensity: { property: 'trafficIntensity', unit: '1', statistic: 'count' },
  occupancy: { property: 'trafficOccupancy', unit: '%', fraction: true },
  averageVehicleSpeed: { property: 'vehicleSpeed', unit: 'm/s', sent: 'km/h', statistic: 'mean' },
  averageHeadwayTime: { property: 'headwayTime', unit: 's', statistic: 'mean' },
  averageGapDistance: { property: 'gapDistance', unit: 'm', statistic: 'mean' },
  averageVehicleLength: { property: 'vehicleLength', unit: 'm', statistic: 'mean' },
  congested: { property: 'congested', unit: '1', truth: true },
};

/** Boats, bicycles, parcels: what passes is named in the entity. */
const items: Table = {
  ...traffic,
  averageSpeed: { property: 'itemSpeed', unit: 'm/s', sent: 'km/h', statistic: 'mean' },
  maxSpeed: { property: 'itemSpeed', unit: 'm/s', sent: 'km/h', statistic: 'max' },
  minSpeed: { property: 'itemSpeed', unit: 'm/s', sent: 'km/h', statistic: 'min' },
  averageLength: { property: 'itemLength', unit: 'm', statistic: 'mean' },
};

const indoor: Table = { ...weather, ...gases, peopleCount: { property: 'peopleCount', unit: '1', statistic: 'count' } };

/** `pm25TSA`: mean, least, most and instant of one interval, see `overTime`. */
const monitored: Table = {
  ...weather,
  ...Object.fromEntries(
    'co co2 nh3 no no2 o3 pm10 pm25 so2'.split(' ').map((name) => [`${name}TSA`, gases[name] as Measure]),
  ),
  benzeneTSA: { property: 'C6H6', unit: 'ug/m3', open: true },
  arsenicTSA: { property: 'As', unit: 'ug/m3', open: true },
  nickelTSA: { property: 'Ni', unit: 'ug/m3', open: true },
  pbTSA: { property: 'Pb', unit: 'ug/m3', open: true },
  airTemperatureTSA: { property: 'airTemperature', unit: 'Cel' },
  relativeHumidityTSA: { property: 'relativeHumidity', unit: '%' },
  ambientNoiseTSA: { property: 'ambientNoise', unit: 'dB' },
  uvTSA: { property: 'uvIndex', unit: '1' },
  airQualityIndex: { property: 'airQualityIndex', unit: '1' },
};

const groundwater: Table = {
  waterTable: { property: 'waterTable', unit: 'm' },
  temperature: { property: 'waterTemperature', unit: 'Cel' },
};

const flood: Table = {
  currentLevel: { property: 'waterLevel', unit: 'm' },
  measuredDistance: { property: 'measuredDistance', unit: 'm' },
};

const radar: Table = {
  rainFall: { property: 'precipitation', unit: 'mm', statistic: 'sum' },
  precipitation: { property: 'precipitation', unit: 'mm', statistic: 'sum' },
  rainIntensity: { property: 'rainIntensity', unit: 'mm/h' },
};

const sea: Table = {
  surfaceTemperature: { property: 'waterTemperature', unit: 'Cel' },
  waveHeight: { property: 'waveHeight', unit: 'm' },
  wavePeriod: { property: 'wavePeriod', unit: 's' },
  waveLevel: { property: 'waveLevel', unit: '1' },
  salinity: { property: 'salinity', unit: '[ppth]', open: true },
  pH: { property: 'pH', unit: '[pH]' },
};

/** Entity type → its attributes. What a table does not name is no reading. */
export const measures: ReadonlyMap<string, Table> = new Map([
  ['WeatherObserved', weather],
  ['AirQualityObserved', { ...weather, ...gases }],
  ['EnvironmentObserved', { ...weather, ...gases }],
  ['IndoorEnvironmentObserved', indoor],
  ['AirQualityMonitoring', monitored],
  ['WaterObserved', water],
  ['WaterQualityObserved', waterQuality],
  ['PhreaticObserved', groundwater],
  ['NoiseLevelObserved', noise],
  ['NoisePollution', noise],
  ['CrowdFlowObserved', crowd],
  ['ItemFlowObserved', items],
  ['TrafficFlowObserved', traffic],
  ['FloodMonitoring', flood],
  ['RainFallRadarObserved', radar],
  ['SeaConditions', sea],
]);
