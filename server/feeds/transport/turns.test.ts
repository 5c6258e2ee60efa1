import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

it('comes to everybody in turn: whoever has a thousand messages waits behind whoever has one', async () => {
  const turns = createTurns({ share: 10 });
  const order: string[] = [];
  const sender = (name: string, messages: number) =>
    new Promise<void>((done) => {
      let left = messages;
      const read = (): number => {
        const taken = Math.min(left, turns.share);
        left -= taken;
        order.push(name);
        if (left > 0) turns.ask(read);
        else done();
        return taken;
      };
      turns.ask(read);
    });
  await Promise.all([sender('flood', 1_000), sender('a', 1), sender('b', 1)]);
  expect(order.length).toBe(102);
  expect(Math.max(order.indexOf('a'), order.indexOf('b'))).toBeLessThan(30);
});

it('is only so much a second, all together', async () => {
  const turns = createTurns({ perSecond: 1_000, burst: 100, share: 50 });
  let read = 0;
  const flood = (): number => {
    read += 50;
    if (read < 100_000) turns.ask(flood);
    return 50;
  };
  turns.ask(flood);
  // Everything that needs no waiting has happened after some rounds of the loop.
  for (let round = 0; round < 5; round += 1) await new Promise((done) => setImmediate(done));
  expect(read).toBeLessThanOrEqual(200);
});

it('takes half of the time and no more, however long a message takes to read', async () => {
  let clock = 0;
  const turns = createTurns({ perSecond: 1e9, burst: 1e9, share: 16, ofTime: 0.5, now: () => clock });
  let read = 0;
  const slow = (): number => {
    // A millisecond a message.
    clock += 16;
    read += 16;
    turns.ask(slow);
    return 16;
  };
  turns.ask(slow);
  for (let round = 0; round < 5; round += 1) await new Promise((done) => setImmediate(done));
  // One round of turns is more than what may be read at once; then it waits for its time.
  expect(read).toBeLessThanOrEqual(2 * 20 * 16);
});
