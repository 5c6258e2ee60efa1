import { describe, expect, it } from 'vitest';
import { estimateTravel, riverPenaltyS } from './estimate-travel.ts';

const gulou = { lonLat: [118.77, 32.06], district: '320106' } as const;
const pukou = { lonLat: [118.7, 32.08], district: '320111' } as const;

describe('the straight-line estimate', () => {
  it('is 31 km/h on one bank', () => {
    const to = { lonLat: [118.78, 32.06], district: '320102' } as const;
    const estimate = estimateTravel({ ...gulou, lonLat: [...gulou.lonLat] }, { ...to, lonLat: [...to.lonLat] });
    // 0.01° of longitude at 32.06° N is 942 m.
    expect(estimate).toMatchObject({ acrossRiver: false, source: 'line' });
    expect(Math.abs(estimate.distanceM - 942)).toBeLessThan(2);
    expect(Math.abs(estimate.seconds - 109)).toBeLessThan(2);
  });

  it('pays for a crossing of the Yangtze', () => {
    const across = estimateTravel({ ...pukou, lonLat: [...pukou.lonLat] }, { ...gulou, lonLat: [...gulou.lonLat] });
    expect(across.acrossRiver).toBe(true);
    expect(across.seconds).toBeGreaterThan(riverPenaltyS);
  });
});
