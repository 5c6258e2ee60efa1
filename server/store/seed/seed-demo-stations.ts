import type { Station } from '@/server/domain/station.ts';
import { type SeedStore, seedOnce } from './apply.ts';

/** One command is one transaction; of several in flight the disk is waited for once. */
const perCommand = 400;

const by = { id: 'seed', name: '初始数据' };

/** The stations that the simulator speaks as; demo data only. Those that are there keep what somebody made of them. */
export async function seedDemoStations(store: SeedStore, stations: readonly Station[]): Promise<number> {
  const parts = Array.from({ length: Math.ceil(stations.length / perCommand) }, (_, at) =>
    stations.slice(at * perCommand, (at + 1) * perCommand),
  );
  const added = await Promise.all(
    parts.map((part) =>
      seedOnce(store, { name: 'demo-stations', from: part }, async (tx) => {
        const held = await tx.findAll(
          'station',
          part.map((station) => station.id),
        );
        const missing = part.filter((station) => !held.has(station.id));
        return {
          events: missing.map((station) => ({
            stream: `station/${station.id}`,
            kind: 'stationRegistered',
            content: { station, by },
          })),
          answer: { added: missing.length },
        };
      }),
    ),
  );
  return added.reduce((sum, one) => sum + one, 0);
}
