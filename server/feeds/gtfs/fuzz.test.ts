import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { isRefusal, refusalReasons } from '../refusal.ts';
import { decode } from './decode.ts';
import { map } from './map.ts';
import { stationsOfGtfs } from './stations.ts';
import { archiveOf, tables } from './testing/archive.ts';

/** Unpacking costs more than reading: fewer in every run than elsewhere. `FUZZ_ROUNDS=1000000` for a long one. */
const rounds = Number(process.env.FUZZ_ROUNDS ?? 3_000);

function seeded(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
}

function mutate(from: Uint8Array, below: (limit: number) => number): Uint8Array {
  const bytes = [...from];
  for (let count = 1 + below(4); count > 0 && bytes.length > 0; count--) {
    const at = below(bytes.length);
    const kind = below(5);
    if (kind === 0) bytes[at] = below(256);
    else if (kind === 1) bytes.splice(at, 1 + below(8));
    else if (kind === 2)
      bytes.splice(at, 0, ...Array.from({ length: 1 + below(8) }, () => ',"\n\r:0a'.charCodeAt(below(7))));
    else if (kind === 3) bytes.splice(at, 0, ...bytes.slice(at, at + below(64)));
    else bytes.length = at;
  }
  return Uint8Array.from(bytes);
}

const names = Object.keys(tables);
const archive = archiveOf();

describe('damaged timetables', () => {
  it(`${rounds} of them: never a throw (seed 5)`, { timeout: 3_600_000 }, () => {
    const below = seeded(5);
    let read = 0;
    for (let round = 0; round < rounds; round++) {
      // Half are damaged inside their tables, so that the damage reaches the rows and not only the packing.
      const name = names[below(names.length)] as string;
      const inside = () => {
        const files = Object.fromEntries(names.map((one) => [one, new TextEncoder().encode(tables[one])]));
        return zipSync({ ...files, [name]: mutate(files[name] as Uint8Array, below) }, { level: 0 });
      };
      const schedule = decode(round % 2 === 0 ? mutate(archive, below) : inside());
      if (isRefusal(schedule)) {
        expect(refusalReasons).toHaveProperty(schedule.refused);
        continue;
      }
      read++;
      map(schedule, { receivedAt: 1_781_483_400_000, crs: 'gcj02', options: {} });
      stationsOfGtfs(schedule, { department: 'transport' });
    }
    expect(read).toBeGreaterThan(rounds / 4);
  });
});
