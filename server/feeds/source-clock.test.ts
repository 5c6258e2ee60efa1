import { describe, expect, it } from 'vitest';
import { beijingDigits, beijingMs, beijingText, judgeClock } from './source-clock.ts';

const at = Date.parse('2026-06-15T00:30:00Z');

describe('Beijing time', () => {
  it('is eight hours ahead, with or without milliseconds, and back again', () => {
    expect(beijingMs('20260615083000')).toBe(at);
    expect(beijingMs('20260615083000123')).toBe(at + 123);
    expect(beijingMs('20260101000000')).toBe(Date.parse('2025-12-31T16:00:00Z'));
    expect(beijingDigits(at + 123)).toBe('20260615083000123');
    expect([beijingText(at), beijingText(at + 5)]).toEqual([
      '2026-06-15T08:30:00+08:00',
      '2026-06-15T08:30:00.005+08:00',
    ]);
  });

  it.each([
    '',
    '2026061508300',
    '202606150830001',
    '20260230000000',
    '20261301000000',
    '20260615240000',
    '20260615086000',
    'abcdefghijklmn',
  ])('%j is none', (digits) => expect(beijingMs(digits)).toBeNull());

  it('knows leap years', () => {
    expect(beijingMs('20240229000000')).not.toBeNull();
    expect(beijingMs('20260229000000')).toBeNull();
  });
});

describe('a source’s clock', () => {
  it('is believed within the years that can be, and said to be ahead where it is', () => {
    expect(judgeClock(at, at)).toEqual({ at, flags: [] });
    expect(judgeClock(at + 300_000, at)).toEqual({ at: at + 300_000, flags: [] });
    expect(judgeClock(at + 300_001, at)).toEqual({ at: at + 300_001, flags: ['clock_ahead'] });
    for (const wrong of [null, Date.parse('2009-12-31T00:00:00Z'), Date.parse('2028-01-02T00:00:00Z')])
      expect(judgeClock(wrong, at)).toEqual({ at: null, flags: ['clock_invalid'] });
  });

  it('that was never set is found without a clock of ours', () => {
    expect(judgeClock(Date.parse('2059-10-11T00:00:00Z'), null)).toEqual({ at: null, flags: ['clock_invalid'] });
    expect(judgeClock(Date.parse('2040-01-01T00:00:00Z'), null).flags).toEqual([]);
  });
});
