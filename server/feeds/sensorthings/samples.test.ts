import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sensorthings } from './sensorthings.ts';

/** Files of a SensorThings server's tests. Not part of the project. */
const folder = join(process.env.FEED_SAMPLES ?? join(import.meta.dirname, '../../../../shared/data/feeds'), 'ngsi');
const files = ['sensorthings_secDatastreams.json', 'sensorthings_secThings.json'];

describe.skipIf(!existsSync(join(folder, files[0]!)))('collected files', () => {
  it.each(files)('%s holds rules of access and no entity: refused', (file) => {
    expect(sensorthings.decode(readFileSync(join(folder, file)))).toMatchObject({ refused: 'not_protocol' });
  });
});
