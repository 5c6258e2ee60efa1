import type { QualityFlag } from '@/server/wire/record.ts';
import type { Cloud, Conditions, Visibility, Weather, Wind } from './message.ts';
import { readCloud, readVariation, readVisibility, readWeather, readWind } from './read-groups.ts';

/** Groups in their order, with a look at what follows: some are written in several words. */
export class Tokens {
  at = 0;
  readonly list: readonly string[];

  constructor(list: readonly string[]) {
    this.list = list;
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
  const wind = readWind(split ? `${token}${tokens.ahead()}` : token, windDue);
  if (wind && draft.wind === null) {
    if (wind.speedMps !== null && !/[A-Z]$/.test(wind.raw)) flags.add('unit_assumed');
    draft.wind = wind;
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
  return takeVisibility(tokens, draft) || takeShear(tokens, draft) || takeSky(token, draft);
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
