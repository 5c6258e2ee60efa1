/** Only paths of this site: a crafted link must not lead away after signing in. */
export const safePath = (given: string | null): string => (given && /^\/(?![/\\])[^\s\\]*$/.test(given) ? given : '/');

/** The door, and the way back to what was open. */
export const signInFrom = ({ pathname, search }: Pick<Location, 'pathname' | 'search'>): string => {
  const here = `${pathname}${search}`;
  return here === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(here)}`;
};
