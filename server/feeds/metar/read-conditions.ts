import type { QualityFlag } from '@/server/wire/record.ts';
import { mendedWind } from './mended-wind.ts';
import type { Cloud, Conditions, Visibility, Weather, Wind } from './message.ts';
import { readCloud, readPressure, readVariation, readVisibility, readWeather, readWind } from './read-groups.ts';

/** Groups in their order, with a look at what follows: some are written in several words. */
export class Tokens {
  at = 0;
  readonly list: string[];

  constructor(list: readonly string[]) {
    this.list = [...list];
  }

  /** Leaves out a word that says again what was said, also where it is glued to the next. */
  drop(word: string): void {
    const rest = this.here?.startsWith(word) ? this.here.slice(word.length) : null;
    if (rest !== null) this.list.splice(this.at, 1, ...(rest === '' ? [] : [rest]));
  }

  get here(): string | undefined {
    return this.list[this.at];
  }

  ahead(count = 1): string {
    return this.list[this.at + count] ?? '';
  }
}

export type Draft = {
  wind: Wind | null;
  cavok: boolean;
  visibility: Visibility | null;
  visibilityTowards: Visibility[];
  weather: Weather[];
  weatherMissing: boolean;
  noWeather: boolean;
  clouds: Cloud[];
  windShear: string[];
  lowestQnhHpa: number | null;
  layers: string[];
};

export const emptyDraft = (): Draft => ({
  wind: null,
  cavok: false,
  visibility: null,
  visibilityTowards: [],
  weather: [],
  weatherMissing: false,
  noWeather: false,
  clouds: [],
  windShear: [],
  lowestQnhHpa: null,
  layers: [],
});

export const conditionsOf = (draft: Draft): Conditions => draft;

const windUnits = new Set(['KT', 'KTS', 'MPS', 'KMH']);

/**
 * One group of wind, visibility, weather, cloud or wind shear: how many words it took, 0 where it is none. `windDue`: nothing but a wind can
 * stand here, so that one without its unit is still one.
 */
export function takeCondition(
  tokens: Tokens,
  draft: Draft,
  { windDue, flags }: { windDue: boolean; flags: Set<QualityFlag> },
): number {
  const token = tokens.here ?? '';
  const split = windUnits.has(tokens.ahead()) && /^(?:VRB|\d{3})\d{2,3}(?:G\d{2,3})?$/.test(token);
  const written = split ? `${token}${tokens.ahead()}` : token;
  const mended = windDue ? mendedWind(written) : { token: written, guessed: false };
  const wind = readWind(mended.token, windDue);
  if (wind && draft.wind === null) {
    if (mended.guessed || (wind.speedMps !== null && !/[A-Z]$/.test(wind.raw))) flags.add('unit_assumed');
    draft.wind = { ...wind, raw: written };
    return split ? 2 : 1;
  }
  const variation = readVariation(token);
  if (variation && draft.wind) {
    draft.wind = { ...draft.wind, ...variation };
    return 1;
  }
  if (token === 'CAVOK') {
    draft.cavok = true;
    return 1;
  }
  return (
    takeVisibility(tokens, draft) || takeShear(tokens, draft) || takeSky(token, draft) || takeSpaced(tokens, draft)
  );
}

function takeVisibility(tokens: Tokens, draft: Draft): number {
  const token = tokens.here ?? '';
  const whole = /^[PM]?\d{1,2}$/.test(token) && /^\d{1,2}\/\d{1,2}SM$/.test(tokens.ahead());
  const visibility = readVisibility(whole ? `${token} ${tokens.ahead()}` : token);
  if (!visibility) return 0;
  if (visibility.direction !== null || draft.visibility !== null) draft.visibilityTowards.push(visibility);
  else draft.visibility = visibility;
  return whole ? 2 : 1;
}

/** `WS R06`, `WS ALL RWY`, `WS TKOF RWY06`, and with a height and a wind in forecasts. */
function takeShear(tokens: Tokens, draft: Draft): number {
  const token = tokens.here ?? '';
  if (/^WS\d{3}\/\d{5,6}(?:KT|MPS|KMH)$/.test(token)) {
    draft.windShear.push(token);
    return 1;
  }
  if (token !== 'WS') return 0;
  const words = /^(?:ALL|TKOF|LDG)$/.test(tokens.ahead()) ? 3 : 2;
  const text = tokens.list.slice(tokens.at, tokens.at + words);
  if (!/^(?:R\d{2}[LCR]?|RWYS?|RWY\d{2}[LCR]?)$/.test(text.at(-1) ?? '')) return 0;
  draft.windShear.push(text.join(' '));
  return words;
}

/** `VC TSRA` in two words, and `SA/TSRA`: the one or the other. */
function takeSpaced(tokens: Tokens, draft: Draft): number {
  const token = tokens.here ?? '';
  const near = token === 'VC' ? readWeather(`VC${tokens.ahead()}`) : null;
  if (near) draft.weather.push(near);
  if (near) return 2;
  const parts = token.includes('/') ? token.split('/').map(readWeather) : [];
  const all = parts.filter((part) => part !== null);
  if (all.length === 0 || all.length < parts.length) return 0;
  draft.weather.push(...all);
  return 1;
}

/** What only forecasts have: the lowest QNH (`QNH2992INS`), icing and turbulence (`620304`, `530009`). */
export function takeForecast(token: string, draft: Draft): number {
  const pressure = readPressure(token);
  if (pressure) draft.lowestQnhHpa ??= pressure.hPa;
  else if (/^[56](?:\d{5}|X\d{4})$/.test(token)) draft.layers.push(token);
  else return 0;
  return 1;
}

function takeSky(token: string, draft: Draft): number {
  if (token === '//') {
    draft.weatherMissing = true;
    return 1;
  }
  if (token === 'NSW') {
    draft.noWeather = true;
    return 1;
  }
  const cloud = readCloud(token);
  if (cloud) draft.clouds.push(cloud);
  const weather = cloud ? null : readWeather(token);
  if (weather) draft.weather.push(weather);
  return cloud || weather ? 1 : 0;
}
