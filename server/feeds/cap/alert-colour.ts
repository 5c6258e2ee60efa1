import { entryOf } from '../entry-of.ts';
import type { CapColour, CapInfo, CapVersion } from './message.ts';

const english: Record<string, CapColour> = { red: 'red', orange: 'orange', yellow: 'yellow', blue: 'blue' };
const chinese: Record<string, CapColour> = { 红: 'red', 橙: 'orange', 黄: 'yellow', 蓝: 'blue' };

/** Names under which senders state the colour of a warning. Other parameters may hold a colour and mean something else (HSAS). */
const colourNames = /^(colou?r|(warning|alert|severity)[-_ ]?colou?r|预警(信号)?(颜色|级别|等级)|awareness_level)$/i;

const inWords = (text: string): CapColour | null => {
  const found = /(?:^|[^a-z])(red|orange|yellow|blue)(?:[^a-z]|$)/i.exec(text)?.[1];
  if (found) return english[found.toLowerCase()] ?? null;
  const sign = /([红橙黄蓝])/.exec(text)?.[1];
  return sign ? (chinese[sign] ?? null) : null;
};

/** The warning colour, only where the source states one: profile severity, a parameter or event code of that name, or 某色预警 in the headline. */
export function alertColour(info: CapInfo, version: CapVersion): CapColour | null {
  if (version === '12379') return entryOf(english, info.severity.toLowerCase()) ?? headlineColour(info);
  const stated = [...info.parameters, ...info.eventCodes].find(({ valueName }) => colourNames.test(valueName));
  return (stated ? inWords(stated.value) : null) ?? headlineColour(info);
}

const headlineColour = ({ headline }: CapInfo): CapColour | null => {
  const sign = /([红橙黄蓝])色预警/.exec(headline ?? '')?.[1];
  return sign ? (chinese[sign] ?? null) : null;
};
