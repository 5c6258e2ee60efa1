/** WMO-No. 306 FM 15 and FM 51 with China's units: wind in MPS, visibility in metres, pressure in hectopascals. */
export type AerodromeWeather = {
  readonly station: string;
  readonly observedAtMs: number;
  readonly windDirectionDeg: number;
  readonly windSpeedMps: number;
  readonly gustMps: number | null;
  readonly visibilityM: number;
  /** Intensity and phenomenon: `-RA`, `+RA`, `TSRA`; empty: none. */
  readonly weather: readonly string[];
  /** Base of the lowest layer in metres and how much of the sky it takes; null: no clouds below 1,500 m. */
  readonly cloud: { readonly amount: 'FEW' | 'SCT' | 'BKN' | 'OVC'; readonly baseM: number } | null;
  readonly temperatureC: number;
  readonly dewPointC: number;
  readonly qnhHpa: number;
};

const two = (value: number) => String(value).padStart(2, '0');
const four = (value: number) => String(value).padStart(4, '0');
const clock = (atMs: number) => {
  const at = new Date(atMs);
  return `${two(at.getUTCDate())}${two(at.getUTCHours())}${two(at.getUTCMinutes())}Z`;
};

function wind({ windDirectionDeg, windSpeedMps, gustMps }: AerodromeWeather): string {
  const speed = Math.round(windSpeedMps);
  if (speed === 0) return '00000MPS';
  // Steps of ten degrees; north is 360, calm 000.
  const direction = Math.round(windDirectionDeg / 10) * 10 || 360;
  const gust = gustMps !== null && gustMps - windSpeedMps >= 5 ? `G${two(Math.round(gustMps))}` : '';
  return `${String(direction).padStart(3, '0')}${two(speed)}${gust}MPS`;
}

/** Steps of 50 m to 800, of 100 to 5,000, of 1,000 to 9,999 (ICAO Annex 3 appendix 3 §4.2.4), always downward. */
export function visibilityGroup(metres: number): string {
  if (metres >= 10_000) return '9999';
  const step = metres < 800 ? 50 : metres < 5_000 ? 100 : 1_000;
  return four(Math.floor(metres / step) * step);
}

const degrees = (value: number) => {
  const whole = Math.round(value);
  return `${whole < 0 || Object.is(whole, -0) ? 'M' : ''}${two(Math.abs(whole))}`;
};
/** Hundreds of feet. */
const cloudGroup = ({ cloud }: AerodromeWeather) =>
  cloud ? `${cloud.amount}${String(Math.max(1, Math.round(cloud.baseM / 30.48))).padStart(3, '0')}` : 'NSC';

export function metar(of: AerodromeWeather, kind: 'METAR' | 'SPECI' = 'METAR'): string {
  const groups = [
    kind,
    of.station,
    clock(of.observedAtMs),
    wind(of),
    visibilityGroup(of.visibilityM),
    ...of.weather,
    cloudGroup(of),
    `${degrees(of.temperatureC)}/${degrees(of.dewPointC)}`,
    `Q${four(Math.floor(of.qnhHpa))}`,
    'NOSIG',
  ];
  return `${groups.join(' ')}=`;
}

/** A forecast of nine hours from the next full hour on; a TEMPO group where heavy rain stands before the door. */
export function taf(of: AerodromeWeather, heavyRainAhead: boolean): string {
  const fromMs = Math.ceil(of.observedAtMs / 3_600_000) * 3_600_000;
  const day = (atMs: number) => `${two(new Date(atMs).getUTCDate())}${two(new Date(atMs).getUTCHours())}`;
  const validity = `${day(fromMs)}/${day(fromMs + 9 * 3_600_000)}`;
  const tempo = heavyRainAhead ? ` TEMPO ${day(fromMs)}/${day(fromMs + 3 * 3_600_000)} 1500 +TSRA BKN015` : '';
  return `TAF ${of.station} ${clock(of.observedAtMs)} ${validity} ${wind({ ...of, gustMps: null })} ${visibilityGroup(of.visibilityM)} ${cloudGroup(of)}${tempo}=`;
}
