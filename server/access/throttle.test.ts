import { describe, expect, it } from 'vitest';
import { createThrottle, paces, pauseMs } from './throttle.ts';

const clock = () => {
  let now = 1_000_000;
  return { now: () => now, pass: (ms: number) => (now += ms) };
};
const fail = (
  throttle: ReturnType<typeof createThrottle>,
  login: string,
  address: string,
  times: number,
  known = false,
) => Array.from({ length: times }, () => throttle.begin({ login, address, known }));

describe('throttling', () => {
  it('is free for a few slips, then doubles up to its longest', () => {
    expect(pauseMs(4, paces.pair)).toBe(0);
    expect([5, 6, 7, 8].map((count) => pauseMs(count, paces.pair))).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(pauseMs(1_000, paces.pair)).toBe(15 * 60_000);
    expect(pauseMs(1_000, paces.account)).toBe(60_000);
  });

  it('counts attempts that are made at once', () => {
    const throttle = createThrottle(clock().now);
    const waits = fail(throttle, 'chief', '10.0.0.9', 100);
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
    expect(waits.slice(5).every((wait) => wait > 0)).toBe(true);
  });

  it('a stranger cannot lock out whoever signed in from elsewhere before', () => {
    const { now, pass } = clock();
    const throttle = createThrottle(now);
    for (let address = 0; address < 200; address += 1) fail(throttle, 'chief', `10.0.1.${address}`, 5);
    expect(throttle.begin({ login: 'chief', address: '192.168.1.7', known: true })).toBe(0);
    // From a new place it is slow, but never closed for longer than a minute.
    const wait = throttle.begin({ login: 'chief', address: '192.168.1.8', known: false });
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60_000);
    pass(wait);
    expect(throttle.begin({ login: 'chief', address: '192.168.1.8', known: false })).toBe(0);
  });

  it('slows an address that tries one password on many accounts', () => {
    const throttle = createThrottle(clock().now);
    const waits = Array.from({ length: 60 }, (_, index) =>
      throttle.begin({ login: `user${index}`, address: '10.0.0.9', known: false }),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(30);
  });

  it('forgets after success, and after half an hour', () => {
    const { now, pass } = clock();
    const throttle = createThrottle(now);
    const attempt = { login: 'chief', address: '10.0.0.9', known: true };
    fail(throttle, 'chief', '10.0.0.9', 5, true);
    throttle.succeeded(attempt);
    expect(fail(throttle, 'chief', '10.0.0.9', 5, true)).toEqual([0, 0, 0, 0, 0]);
    expect(throttle.begin(attempt)).toBeGreaterThan(0);
    pass(31 * 60_000);
    expect(fail(throttle, 'chief', '10.0.0.9', 5, true)).toEqual([0, 0, 0, 0, 0]);
  });

  it('treats the case of a login name as the database does', () => {
    const throttle = createThrottle(clock().now);
    fail(throttle, 'Chief', '10.0.0.9', 3);
    fail(throttle, 'CHIEF', '10.0.0.9', 2);
    expect(throttle.begin({ login: 'chief', address: '10.0.0.9', known: false })).toBeGreaterThan(0);
  });
});
