import type { QualityFlag } from '@/server/wire/record.ts';
import type { Refusal } from '../refusal.ts';

/** More or less than stated: `P6SM` is six miles or more, `M1/4SM` less than a quarter. */
export type Bound = 'more' | 'less' | null;

export type Wind = {
  readonly raw: string;
  /** Where it comes from; null where it varies or was not measured. */
  readonly directionDeg: number | null;
  readonly variable: boolean;
  readonly speedMps: number | null;
  readonly gustMps: number | null;
  readonly bound: Bound;
  readonly unit: 'KT' | 'MPS' | 'KMH';
  readonly fromDeg: number | null;
  readonly toDeg: number | null;
};

export type Visibility = {
  readonly raw: string;
  readonly metres: number | null;
  readonly bound: Bound;
  /** `N`, `SW` …: only that way. */
  readonly direction: string | null;
};

export type RunwayRange = {
  readonly raw: string;
  readonly runway: string;
  readonly metres: number | null;
  /** Of the range itself, or of its lower end where it varies. */
  readonly bound: Bound;
  /** The upper end where it varies. */
  readonly toMetres: number | null;
  readonly toBound: Bound;
  readonly tendency: 'up' | 'down' | 'none' | null;
};

export type Weather = {
  readonly raw: string;
  readonly intensity: 'light' | 'moderate' | 'heavy';
  readonly vicinity: boolean;
  readonly recent: boolean;
  readonly descriptors: readonly string[];
  readonly phenomena: readonly string[];
};

export type Cloud = {
  readonly raw: string;
  /** FEW, SCT, BKN, OVC; VV for a sky that cannot be seen; SKC, CLR, NSC, NCD for none; null where not measured. */
  readonly amount: string | null;
  readonly baseM: number | null;
  readonly type: 'CB' | 'TCU' | null;
};

export type Conditions = {
  readonly wind: Wind | null;
  readonly cavok: boolean;
  readonly visibility: Visibility | null;
  readonly visibilityTowards: readonly Visibility[];
  readonly weather: readonly Weather[];
  /** `//`: the automatic station cannot tell the weather. */
  readonly weatherMissing: boolean;
  /** NSW: nothing significant any more. */
  readonly noWeather: boolean;
  readonly clouds: readonly Cloud[];
  readonly windShear: readonly string[];
  /** Of forecasts: the lowest QNH to come, and layers of icing and turbulence as they stand. */
  readonly lowestQnhHpa: number | null;
  readonly layers: readonly string[];
};

/** A day of the month and a time, UTC; the month is not in the report. */
export type DayTime = { readonly day: number; readonly hour: number; readonly minute: number };

export type Trend = Conditions & {
  /** NOSIG, BECMG, TEMPO, INTER, FM, PROB30, PROB40 TEMPO … */
  readonly type: string;
  readonly raw: string;
  /** FM, TL, AT of a METAR: `hhmm`. */
  readonly times: readonly { readonly kind: 'FM' | 'TL' | 'AT'; readonly hour: number; readonly minute: number }[];
  readonly from: DayTime | null;
  readonly until: DayTime | null;
};

type Common = {
  readonly station: string;
  /** Null in a NIL that names its station alone, and in a forecast that begins with its validity. */
  readonly issued: DayTime | null;
  /** The date that stood above the report, epoch ms: which month it is. */
  readonly filedAt: number | null;
  readonly correction: number;
  readonly nil: boolean;
  readonly conditions: Conditions;
  readonly trends: readonly Trend[];
  readonly remarks: string | null;
  /** Groups that are none we know. */
  readonly unread: readonly string[];
  readonly flags: readonly QualityFlag[];
  readonly raw: string;
};

export type Metar = Common & {
  readonly type: 'METAR' | 'SPECI';
  readonly auto: boolean;
  readonly runwayRanges: readonly RunwayRange[];
  readonly runwayStates: readonly string[];
  readonly temperatureCel: number | null;
  readonly dewPointCel: number | null;
  readonly temperatureRaw: string | null;
  /** QNH; the first is the one in hPa where both units are given. */
  readonly pressures: readonly { readonly raw: string; readonly hPa: number | null }[];
  readonly sea: { readonly raw: string; readonly temperatureCel: number | null; readonly waveM: number | null } | null;
  /** Rain of the last ten minutes (Australia). */
  readonly rain: { readonly raw: string; readonly lastTenMinutesMm: number | null } | null;
  readonly colour: string | null;
  /** `$`: the station asks for maintenance. */
  readonly maintenance: boolean;
};

export type Taf = Common & {
  readonly type: 'TAF';
  readonly amended: boolean;
  readonly cancelled: boolean;
  readonly from: DayTime | null;
  readonly until: DayTime | null;
  readonly temperatures: readonly {
    readonly raw: string;
    readonly kind: 'highest' | 'lowest';
    readonly celsius: number;
    readonly at: DayTime;
  }[];
};

export type MetarDocument = {
  readonly name: string;
  readonly reports: readonly (Metar | Taf)[];
  readonly unreadable: readonly Refusal[];
};
