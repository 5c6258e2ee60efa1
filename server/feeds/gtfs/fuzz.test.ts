import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { damageBytes } from '../testing/damage-bytes.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { type Below, seeded } from '../testing/seeded.ts';
import { decode } from './decode.ts';
import { map } from './map.ts';
import { stationsOfGtfs } from './stations.ts';
import { archiveOf, tables } from './testing/archive.ts';

/** Unpacking costs more than reading: fewer in every run than elsewhere. */
const rounds = fuzzRounds(3_000);

const separators = Buffer.from(',"\n\r:0a');

const mutate = (from: Uint8Array, below: Below): Uint8Array => {
  const piece = () => Array.from({ length: 1 + below(8) }, () => separators[below(separators.length)]!);
  return Uint8Array.from(damageBytes(from, below, { piece, longestLoss: 8 }));
};

const names = Object.keys(tables);
const archive = archiveOf();

describe('damaged timetables', () => {
  it(`${rounds} of them: never a throw (seed 5)`, fuzzTimeout, async () => {
    const below = seeded(5);
    let read = 0;
    await everyRound(rounds, (round) => {
      // Half are damaged inside their tables, so that the damage reaches the rows and not only the packing.
      const name = names[below(names.length)] as string;
      const inside = () => {
        const files = Object.fromEntries(names.map((one) => [one, new TextEncoder().encode(tables[one])]));
        return zipSync({ ...files, [name]: mutate(files[name] as Uint8Array, below) }, { level: 0 });
      };
      const schedule = decode(round % 2 === 0 ? mutate(archive, below) : inside());
      if (isRefusal(schedule)) {
        knownReason(schedule);
        return;
      }
      read++;
      map(schedule, { receivedAt: 1_781_483_400_000, crs: 'gcj02', options: {} });
      stationsOfGtfs(schedule, { department: 'transport' });
    });
    expect(read).toBeGreaterThan(rounds / 4);
  });
});
