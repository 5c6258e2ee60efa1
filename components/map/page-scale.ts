/** How much larger than at a 1080p desk the page writes: a map's marks and words grow with it. */
export const pageScale = (): number =>
  typeof document === 'undefined'
    ? 1
    : Math.max(1, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16);
