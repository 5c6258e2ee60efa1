import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { seeded } from '../testing/seeded.ts';
import { decode } from './decode.ts';
import { map } from './map.ts';
import { gtfsRtSession } from './session.ts';
import {
  alertEntity,
  alertJson,
  bytesOf,
  feedOf,
  jsonOf,
  message,
  now,
  stopJson,
  text,
  tripEntity,
  tripJson,
  vehicleEntity,
  vehicleJson,
  whole,
} from './testing/build.ts';
import { mutate } from './testing/mutate.ts';

const rounds = fuzzRounds();
const textForm = `header { gtfs_realtime_version: "2.0" timestamp: 1781483400 } entity { id: "1" vehicle { vehicle { id: "b" }
 position { latitude: 32.0 longitude: 118.7 bearing: 9 } timestamp: 1781483399 } } entity { id: "a" alert { cause: WEATHER
 informed_entity { route_id: "3" } header_text { translation { text: "\\u8def\\n" 'x' language: "zh" } } active_period < start: 1781483400 > } }`;
const seeds = [
  feedOf(vehicleEntity('1', [...whole(9, 3), ...message(11, text(1, 'c'), whole(4, 80))]), vehicleEntity('2')),
  feedOf(tripEntity(), tripEntity('u', whole(5, -60))),
  feedOf(alertEntity(), alertEntity('b', 'x', message(17, message(1, text(1, 'why'))))),
  feedOf(
    message(
      2,
      text(1, 's'),
      message(7, text(1, 'p'), message(3, message(1, text(1, '站')))),
      message(8, text(2, '08:00:00')),
    ),
  ),
  bytesOf(jsonOf(vehicleJson(), tripJson([stopJson(1), stopJson(2)]), alertJson())),
  bytesOf(textForm),
];

describe('damaged feeds', () => {
  it(`${rounds} of them: never a throw, and what is read is sound (seed 17)`, fuzzTimeout, async () => {
    const below = seeded(17);
    const session = gtfsRtSession(true);
    let state = session.start;
    let records = 0;
    let read = 0;
    await everyRound(rounds, (round) => {
      const seed = seeds[round % seeds.length] as Uint8Array;
      const feed = decode(mutate(seed, below, seeds[below(seeds.length)] as Uint8Array));
      if (isRefusal(feed)) {
        knownReason(feed);
        return;
      }
      read++;
      const step = session.step(state, feed, now);
      state = step.state;
      for (const one of map(step.message ?? feed, { receivedAt: now, crs: 'wgs84', options: {} })) {
        if (isRefusal(one)) knownReason(one);
        else if (++records % 8 === 0) expect(record.safeParse(one).error, `round ${round}`).toBeUndefined();
      }
    });
    expect(read).toBeGreaterThan(rounds / 10);
    expect(records).toBeGreaterThan(rounds / 10);
  });
});
