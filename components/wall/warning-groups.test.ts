import { expect, it } from 'vitest';
import type { Warning } from '@/server/domain/warning.ts';
import { warningGroups } from './warning-groups.ts';

const warning = (event: string, colour: Warning['colour'], reality: Warning['reality'] = 'actual') =>
  ({ event, colour, reality }) as Warning;

it('makes one line of the same warning, and never mixes an exercise with what is actual', () => {
  const groups = warningGroups([
    warning('暴雨', 'yellow'),
    warning('暴雨', 'red', 'exercise'),
    warning('暴雨', 'yellow'),
    warning('大风', null),
    warning('雷电', 'orange'),
  ]);
  expect(groups.map((of) => [of.event, of.colour, of.reality, of.count])).toEqual([
    ['雷电', 'orange', 'actual', 1],
    ['暴雨', 'yellow', 'actual', 2],
    ['大风', null, 'actual', 1],
    ['暴雨', 'red', 'exercise', 1],
  ]);
});
