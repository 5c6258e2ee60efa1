/** What a unit can do besides what its kind says [prov]. Data may hold others: a code without words is shown as it is. */
export const capabilities = [
  'ladder',
  'foam',
  'rescue',
  'hazmat',
  'water-rescue',
  'icu',
  'negative-pressure',
  'high-flow',
  'gas',
  'heavy',
  'drone',
] as const;
export type Capability = (typeof capabilities)[number];
