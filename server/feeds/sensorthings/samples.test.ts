import { describe, expect, it } from 'vitest';
import { openCollection } from '../testing/collection.ts';
import { sensorthings } from './sensorthings.ts';

/** Files of a SensorThings server's tests. */
const collection = openCollection('ngsi');
const files = ['sensorthings_secDatastreams.json', 'sensorthings_secThings.json'];

describe.skipIf(!collection.present)('collected files', () => {
  it.each(files)('%s holds rules of access and no entity: refused', (file) => {
    expect(sensorthings.decode(collection.bytes(file))).toMatchObject({ refused: 'not_protocol' });
  });
});
