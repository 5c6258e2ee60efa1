import { describe, expect, it } from 'vitest';
import { alarmOf } from '@/server/store/testing/records.ts';
import { actor, operator } from './testing/samples.ts';
import { masked } from './visibility.ts';

describe('what people wrote', () => {
  const by = { id: 'u', name: 'u' };
  const alarm = alarmOf('a', { shelved: { until: 2, reason: '传感器已报修，勿扰王工', by, at: 1 } });
  it('about a shelf is for those who read words; the wall keeps the alarm', () => {
    expect(masked(operator, 'alarm', alarm)).toEqual(alarm);
    const seen = masked(actor('wall', 'wall'), 'alarm', alarm);
    expect(seen).toEqual({ ...alarm, shelved: { until: 2, reason: '', by, at: 1 } });
  });
});
