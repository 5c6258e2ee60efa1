/**
 * `__Host-` keeps the cookie to this very host and to TLS. Plain http exists on loopback only, where browsers that refuse Secure
 * cookies on http would lock everybody out.
 */
export const cookieName = (secure: boolean): string => (secure ? '__Host-session' : 'session');

export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const cut = pair.indexOf('=');
    if (cut > 0 && pair.slice(0, cut).trim() === name) return pair.slice(cut + 1).trim() || null;
  }
  return null;
}

export const sessionCookie = (token: string, of: { secure: boolean; maxAgeS: number }): string =>
  `${cookieName(of.secure)}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${of.maxAgeS}${of.secure ? '; Secure' : ''}`;

export const endedCookie = (secure: boolean): string => sessionCookie('', { secure, maxAgeS: 0 });
