import { type Rule, type SimpleCondition, simpleConditionsOf } from '@/server/domain/rule.ts';
import { seededRules } from '@/server/domain/seeded-rules.ts';
import { code, page, table } from './table.ts';

const some = (names: readonly string[], none: string): string => (names.length > 0 ? names.join(', ') : none);

function against(of: Extract<SimpleCondition, { of: 'reading' | 'capacity' }>): string {
  const sign = of.when === 'above' ? '≥' : '≤';
  const { value } = of;
  const unit = of.of === 'reading' && of.unit ? ` ${of.unit}${of.as === 'per-hour' ? '/h' : ''}` : '';
  const told =
    typeof value === 'number'
      ? `${sign} ${value}${unit}`
      : 'limit' in value
        ? `${of.when === 'above' ? '>' : '<'} the limit in the message`
        : 'threshold' in value
          ? `${sign} the register's ${value.threshold} threshold`
          : `${sign} ${value.shareOfMaximum * 100} % of the maximum`;
  return of.deadBand > 0 ? `${told} (dead-band ${of.deadBand})` : told;
}

function inWords(of: SimpleCondition): string {
  switch (of.of) {
    case 'reading':
      return `${some(of.properties, 'any property')} ${against(of)}`;
    case 'capacity':
      return `${some(of.resources, 'any resource')} left ${against(of)}`;
    case 'position':
      return of.event === 'dwell'
        ? `stays within ${of.dwellM} m for ${of.dwellS} s in the area`
        : of.event === 'flag'
          ? some(of.flags, '')
          : of.event;
    case 'alert':
      return `${some(of.schemes, 'any scheme')}: ${of.events.join(', ')}`;
    case 'feed':
      return `feed is ${of.states.join(' or ')}`;
    case 'flood':
      return `more than ${of.alarms} alarms in ${of.withinS} s; over below ${of.endsBelow}`;
  }
}

const conditionOf = ({ condition }: Rule): string =>
  simpleConditionsOf(condition)
    .map(inWords)
    .join('all' in condition ? ' **and** ' : ' **or** ');

export const alarmRules = (): string =>
  page(
    'Alarm rules of a new city',
    'From `server/domain/seeded-rules.ts`. Numbers, delays and priorities are [prov]: a duty chief changes them on the alarm page, and the log says who did. A source is "unverified" until somebody has read the text itself.\n' +
      '`signal`: a person judges whether it is an incident; `alarm`: somebody acts, but it is none; `status`: a line in the list.',
    table(
      [
        'Rule',
        'Title',
        'Condition',
        'On / off delay (s)',
        'Priority',
        'Raises',
        'Owner',
        'Respond within (s)',
        'Source',
        'Read',
      ],
      seededRules.map((of) => [
        code(of.id),
        `${of.title.en} ${of.title['zh-CN']}`,
        conditionOf(of),
        `${of.onDelayS} / ${of.offDelayS}`,
        of.priority,
        of.groupedBy === 'site' ? `${of.raises}, one a building` : of.raises,
        of.owner ?? 'desk',
        of.respondWithinS,
        of.source.text.en,
        of.source.verified ? 'verified' : 'unverified',
      ]),
    ),
    '## Consequence and action',
    table(
      ['Rule', 'If nobody acts', 'What to do'],
      seededRules.map((of) => [code(of.id), of.consequence.en, of.action.en]),
    ),
  );
