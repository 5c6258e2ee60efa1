import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A real extract, where the machine has them; tests that want one skip in sight where it has not. */
export const geoSample = (name: string): string =>
  join(resolve(root, process.env.GEO_SAMPLES ?? '../shared/data/geo'), name);
