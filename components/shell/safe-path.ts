/** Only paths of this site: a crafted link must not lead away after signing in. */
export const safePath = (given: string | null): string => (given && /^\/(?![/\\])[^\s\\]*$/.test(given) ? given : '/');
