import { expect, it } from 'vitest';
import { openFilesLimit, socketShares } from './open-files.ts';

it('shares what the system gives among feeds, screens and what keeps both alive', () => {
  expect(openFilesLimit()).toBeGreaterThan(100);
  expect(socketShares(1_024)).toEqual({ feeds: 384, web: 384 });
  expect(socketShares(20_000)).toEqual({ feeds: 9_000, web: 9_000 });
  expect(socketShares(1_048_576)).toEqual({ feeds: 60_000, web: 20_000 });
});
