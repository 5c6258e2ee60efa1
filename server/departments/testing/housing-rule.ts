import type { Rule } from '@/server/domain/rule.ts';
import { reading, rule, unread, words } from '@/server/domain/rule-parts.ts';

export const housingRules: readonly Rule[] = [
  rule({
    id: 'building-tilt',
    title: words('房屋倾斜超限', 'A building tilts beyond its limit'),
    condition: reading({ properties: ['tilt'], value: { threshold: 'alarm' }, deadBand: 0.1 }),
    onDelayS: 60,
    offDelayS: 600,
    priority: 'P2',
    raises: 'signal',
    consequence: words('房屋可能倾倒', 'It may come down'),
    action: words('派人现场核实，必要时撤离住户', 'Have it looked at on the spot; clear it if need be'),
    respondWithinS: 900,
    owner: 'housing',
    source: unread('JGJ 125 危险房屋鉴定标准', 'JGJ 125, appraisal of dangerous buildings'),
  }),
];
