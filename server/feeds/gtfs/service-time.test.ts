import { describe, expect, it } from 'vitest';
import { dateOf, isTimezone, secondsOf, serviceInstant } from './service-time.ts';

const at = (date: string, time: string, zone: string) => {
  const instant = serviceInstant(date, secondsOf(time) as number, zone);
  return instant === null ? null : new Date(instant).toISOString();
};

describe('times of a service day', () => {
  it.each([
    ['20260615', '08:30:00', 'Asia/Shanghai', '2026-06-15T00:30:00.000Z'],
    ['20260615', '25:10:00', 'Asia/Shanghai', '2026-06-15T17:10:00.000Z'],
    ['20260615', '00:00:00', 'Asia/Shanghai', '2026-06-14T16:00:00.000Z'],
    // New York, the night the clocks go forward: 2 o'clock becomes 3. Noon less twelve hours is 23:00 of the day before.
    ['20230312', '08:00:00', 'America/New_York', '2023-03-12T12:00:00.000Z'],
    ['20230312', '00:00:00', 'America/New_York', '2023-03-12T04:00:00.000Z'],
    ['20230311', '26:30:00', 'America/New_York', '2023-03-12T07:30:00.000Z'],
    // And the night they go back.
    ['20231105', '08:00:00', 'America/New_York', '2023-11-05T13:00:00.000Z'],
    ['20231105', '00:00:00', 'America/New_York', '2023-11-05T05:00:00.000Z'],
    // The southern hemisphere, and an hour that is half of one.
    ['20231001', '00:00:00', 'Australia/Lord_Howe', '2023-09-30T13:00:00.000Z'],
    ['20260615', '12:00:00', 'Pacific/Kiritimati', '2026-06-14T22:00:00.000Z'],
  ])('%s %s %s', (date, time, zone, instant) => {
    expect(at(date, time, zone)).toBe(instant);
  });

  it('have one form', () => {
    expect([secondsOf('8:05:09'), secondsOf('108:00:00'), secondsOf(' 00:00:00 ')]).toEqual([29_109, 388_800, 0]);
    for (const text of ['', '8', '08:00', '08:60:00', '08:00:60', '-1:00:00', '08:00:00.5', 'noon'])
      expect(secondsOf(text), text).toBeNull();
  });

  it('stand on days that there are', () => {
    expect(dateOf('20240229')).toEqual({ year: 2024, month: 2, day: 29 });
    for (const text of ['20230229', '20231301', '2023-1-1', '', '00000101']) expect(dateOf(text), text).toBeNull();
    expect(serviceInstant('20230229', 0, 'Asia/Shanghai')).toBeNull();
    expect([isTimezone('Asia/Shanghai'), isTimezone('+08:00'), isTimezone('CCT/Nowhere')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
