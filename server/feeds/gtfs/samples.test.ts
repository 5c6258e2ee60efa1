import { describe, expect, it } from 'vitest';
import { station } from '@/server/domain/station.ts';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal } from '../refusal.ts';
import { openCollection } from '../testing/collection.ts';
import { decode } from './decode.ts';
import { gtfs } from './gtfs.ts';
import { stationsOfGtfs } from './stations.ts';

/** Timetables that agencies and the authors of a validator published. */
const collection = openCollection('gtfs');
const samples: { file: string; category: string; summary: { files?: Record<string, number> } }[] =
  collection.lines('index.jsonl');
const bytesOf = (file: string) => collection.bytes(file);
const sound = samples.filter(({ category }) => category === 'static');

describe.skipIf(!collection.present)(
  `published timetables (${samples.filter(({ file }) => file.endsWith('.zip')).length})`,
  () => {
    it.each(sound.map(({ file, summary }) => [file, summary.files ?? {}] as const))('%s', (file, rows) => {
      const schedule = decode(bytesOf(file));
      if (isRefusal(schedule)) throw new Error(schedule.detail);
      for (const [name, count] of Object.entries(schedule.tables)) expect([name, count]).toEqual([name, rows[name]]);
      expect(schedule.stops).toHaveLength(rows['stops.txt'] as number);
      expect(schedule.routes).toHaveLength(rows['routes.txt'] as number);
      expect(schedule.counts.trips).toBe(rows['trips.txt']);
      for (const entry of stationsOfGtfs(schedule, { department: 'transport' }))
        expect(station.safeParse({ ...entry, state: 'registered' }).error).toBeUndefined();
    });

    it('what is wrong with the one that was made to be wrong is found', () => {
      const schedule = decode(bytesOf('static_testagency2.zip'));
      if (isRefusal(schedule)) throw new Error(schedule.detail);
      expect(schedule.unreadable.map(({ refused, detail }) => `${refused}: ${detail}`)).toEqual([
        'value: stops.txt line 2: parent_station "station" is not in stops.txt',
        'value: stops.txt line 25: parent_station "station" is not in stops.txt',
        'value: stop_times.txt line 81: trip "18.bogus" arrives before it left the stop ahead',
        'schema: trips.txt: trip "18.bogus" serves 1 stops',
      ]);
    });

    it.each(['static_badgtfs.zip', 'static_tl_invalid.zip'])('%s is refused', (file) => {
      const lines = [...openDecodeStream(gtfs, { mode: 'records', options: {} }).push(bytesOf(file))];
      expect(lines).toMatchObject([{ kind: 'refusal', refusal: { refused: 'not_protocol' } }]);
    });
  },
);
