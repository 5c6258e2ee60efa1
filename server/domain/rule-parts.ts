import type { Rule, SimpleCondition } from './rule.ts';

/** A rule says only in what it differs from the plainest one. */
type Words = { readonly 'zh-CN': string; readonly en: string };
export const words = (zh: string, en: string): Words => ({ 'zh-CN': zh, en });

type Of<Kind extends SimpleCondition['of']> = Extract<SimpleCondition, { of: Kind }>;
const anything = { schemes: [], stationKinds: [] };
export const reading = (of: Partial<Of<'reading'>> & Pick<Of<'reading'>, 'properties' | 'value'>): Of<'reading'> => ({
  of: 'reading',
  except: { properties: [], schemes: [] },
  statistics: [],
  as: 'value',
  unit: null,
  when: 'above',
  deadBand: 0,
  ...anything,
  ...of,
});
export const capacity = (
  of: Partial<Of<'capacity'>> & Pick<Of<'capacity'>, 'resources' | 'value'>,
): Of<'capacity'> => ({
  of: 'capacity',
  when: 'below',
  deadBand: 0,
  ...anything,
  ...of,
});
export const position = (of: Partial<Of<'position'>> & Pick<Of<'position'>, 'event'>): Of<'position'> => ({
  of: 'position',
  flags: [],
  area: [],
  dwellS: null,
  dwellM: null,
  schemes: [],
  ...of,
});

type Given = Pick<Rule, 'id' | 'title' | 'condition' | 'priority' | 'consequence' | 'action' | 'raises'> &
  Partial<Rule>;
export const unread = (zh: string, en: string): Rule['source'] => ({ text: words(zh, en), verified: false });
export const own = (zh: string, en: string): Rule['source'] => ({ text: words(zh, en), verified: true });
export const rule = (of: Given): Rule => ({
  onDelayS: 0,
  offDelayS: 0,
  respondWithinS: null,
  owner: null,
  proposedKind: null,
  groupedBy: 'subject',
  source: own('本平台默认值，由值班长调整', 'Default of this platform, for the duty chief to set'),
  enabled: true,
  changed: null,
  ...of,
});
