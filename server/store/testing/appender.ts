// A process of its own for the kill test: appends numbered commands and prints a line for each that was acknowledged.
// Usage: appender.ts <folder> <first number>
import { wasRefused } from '@/server/domain/refusal.ts';
import { systemActor } from '../actor.ts';
import { startStore } from '../start-store.ts';
import { feedOf } from './records.ts';

const [folder = '', first = '0'] = process.argv.slice(2);
const machine = systemActor('appender');
const store = await startStore({ folder, keepServer: true });
process.stdout.write(`ready ${store.health().serverVersion}\n`);

let next = Number(first);
async function writer(lane: number): Promise<void> {
  for (;;) {
    const number = next;
    next += 1;
    // As a browser does: the same id again until an answer comes.
    for (;;) {
      const answer = await store.command(
        { id: `n-${number}`, name: 'number', actor: machine, input: number },
        async () => ({
          events: [
            {
              stream: `feed/lane-${lane}`,
              kind: 'feedRegistered',
              content: { feed: feedOf(`lane-${lane}`, { title: String(number) }) },
            },
          ],
          answer: number,
        }),
      );
      if (!wasRefused(answer)) break;
    }
    process.stdout.write(`ack ${number}\n`);
  }
}
await Promise.all([0, 1, 2, 3].map(writer));
