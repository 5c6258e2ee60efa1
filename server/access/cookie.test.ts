import { describe, expect, it } from 'vitest';
import { cookieName, endedCookie, readCookie, sessionCookie } from './cookie.ts';

describe('session cookie', () => {
  it('has the prefix and Secure over TLS, and neither on plain loopback', () => {
    expect(sessionCookie('abc', { secure: true, maxAgeS: 60 })).toBe(
      '__Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure',
    );
    expect(sessionCookie('abc', { secure: false, maxAgeS: 60 })).toBe(
      'session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60',
    );
    expect(endedCookie(true)).toContain('Max-Age=0');
  });

  it('is read from among others, never from a name that only looks like it', () => {
    const header = 'locale=en; xsession=no; session=yes; theme=dim';
    expect(readCookie(header, cookieName(false))).toBe('yes');
    expect(readCookie(header, cookieName(true))).toBeNull();
    expect(readCookie('session=', 'session')).toBeNull();
    expect(readCookie(undefined, 'session')).toBeNull();
  });
});
