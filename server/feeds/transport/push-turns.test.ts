import { afterEach, describe, expect, it } from 'vitest';
import { push } from '../push/protocol.ts';
import { recordsATurn } from './accept-push.ts';
import { type HttpPushSettings, openHttpPush } from './http-push.ts';
import type { Delivery } from './port.ts';
import { memoryPort } from './testing/memory-port.ts';
import { createTurns, inTurn, type Turns } from './turns.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const calls = (of: string, count: number) =>
  JSON.stringify(
    Array.from({ length: count }, (_, index) => ({
      kind: 'call',
      subject: { scheme: of, key: `${of}${index}` },
      observedAt: '2025-07-01T08:00:00+08:00',
      number: `${of}${index}`,
    })),
  );

async function start(settings: Partial<HttpPushSettings>, memory = memoryPort()) {
  const listener = openHttpPush({
    listenPort: 0,
    port: memory.port,
    feeds: ['loud', 'quiet'].map((id) => ({ id, protocol: push, crs: 'wgs84' as const })),
    authenticate: (token) => ({ feedId: token, department: 'police' }),
    schema: () => ({}),
    ...settings,
  });
  closers.push(() => listener.close());
  await listener.ready;
  const post = async (feed: string, body: string) => {
    const response = await fetch(`http://127.0.0.1:${listener.address()?.port}/v1/push`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${feed}`, 'content-type': 'application/json' },
    });
    const answer = (await response.json()) as { accepted?: number; duplicate?: number; results?: { index: number }[] };
    return { status: response.status, retryAfter: response.headers.get('retry-after'), ...answer };
  };
  return { memory, post };
}

/** Turns that come when the test gives them. */
function handTurns() {
  const waiting: (() => number)[] = [];
  let asked = (): void => undefined;
  const turns: Turns = {
    share: 16,
    ask(read) {
      waiting.push(read);
      asked();
    },
    small: (stored) => stored,
    afterSmall: async () => undefined,
  };
  return {
    turns,
    waiting,
    give: () => waiting.shift()?.(),
    async until(count: number): Promise<void> {
      while (waiting.length < count)
        await new Promise<void>((resolve) => {
          asked = resolve;
        });
    },
  };
}

describe('a source that floods', () => {
  it('has one turn at a time: the next is the other one, however many of its batches wait', async () => {
    const hand = handTurns();
    const memory = memoryPort();
    let received = 0;
    let whole = (): void => undefined;
    const inHand = new Promise<void>((resolve) => {
      whole = resolve;
    });
    memory.port.received = () => {
      received++;
      if (received === 8) whole();
    };
    const { post } = await start({ turns: hand.turns }, memory);
    const flood = Array.from({ length: 8 }, (_, batch) => post('loud', calls(`f${batch}-`, 200)));
    await inHand;
    const other = post('quiet', calls('q', 1));
    await hand.until(2);
    expect(hand.waiting).toHaveLength(2);
    hand.give(); // the first batch is read; its records wait for a turn of their own
    hand.give();
    expect((await other).status).toBe(200);
    expect(memory.deliveries.map(({ feedId }) => feedId)).toEqual(['quiet']);
    const done = Promise.all(flood);
    let over = false;
    void done.then(() => {
      over = true;
    });
    while (!over) {
      hand.give();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await done).map(({ status, accepted }) => [status, accepted])).toEqual(Array(8).fill([200, 200]));
  });

  it('stores a batch in parts that together are one message, each record answered for at its place', async () => {
    const { post, memory } = await start({});
    const answer = await post('loud', calls('c', 3 * recordsATurn + 1));
    expect(answer).toMatchObject({ status: 200, accepted: 3 * recordsATurn + 1 });
    expect(answer.results?.map(({ index }) => index)).toEqual(Array.from(answer.results ?? [], (_, index) => index));
    const parts = memory.deliveries.map(({ delivery }) => delivery);
    expect(parts.map(({ records }) => records.length)).toEqual([recordsATurn, recordsATurn, recordsATurn, 1]);
    expect(parts.map(({ continued }) => continued)).toEqual([false, true, true, true]);
  });

  it('is not acknowledged where a part was not stored; sent again, only what is missing is stored', async () => {
    let taken = 0;
    const store = async (delivery: Delivery) => delivery.records.length > 0 && ++taken !== 2;
    const { post, memory } = await start({}, memoryPort(store));
    const body = calls('c', 2 * recordsATurn);
    expect(await post('loud', body)).toMatchObject({ status: 503, retryAfter: '5' });
    memory.port.records = async (feedId, delivery) => {
      memory.deliveries.push({ feedId, delivery });
      return true;
    };
    expect(await post('loud', body)).toMatchObject({ status: 200, accepted: recordsATurn, duplicate: recordsATurn });
    expect(memory.records()).toHaveLength(2 * recordsATurn);
  });

  it('is told to wait where too much of it waits already; another one and a lone large body are taken', async () => {
    const gates: (() => void)[] = [];
    const memory = memoryPort(() => new Promise((resolve) => gates.push(() => resolve(true))));
    const { post } = await start({ limits: { heldBytes: 1_000 } }, memory);
    let bodies = 0;
    const inHand = new Promise<void>((resolve) => {
      memory.port.received = (feedId) => {
        if (feedId === 'loud' && ++bodies === 1) resolve();
      };
    });
    const large = post('loud', calls('c', 12));
    await inHand;
    while (gates.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const refused = await post('loud', calls('d', 1));
    expect([refused.status, refused.retryAfter]).toEqual([429, '1']);
    const other = post('quiet', calls('q', 1));
    while (gates.length < 2) await new Promise((resolve) => setImmediate(resolve));
    for (const open of gates) open();
    expect([(await large).status, (await other).status]).toEqual([200, 200]);
  });

  it('lets the small ones of others go first, and does not wait for ever', async () => {
    const order = async (yieldMs: number) => {
      let open = (): void => undefined;
      let held = (): void => undefined;
      const inHand = new Promise<void>((resolve) => {
        held = resolve;
      });
      const memory = memoryPort(({ records }) => {
        if (records.length > 1) return Promise.resolve(true);
        held();
        return new Promise((resolve) => {
          open = () => resolve(true);
        });
      });
      const { post } = await start({ turns: createTurns({ yieldMs }) }, memory);
      const small = post('quiet', calls('q', 1));
      await inHand;
      const large = post('loud', calls('c', 2 * recordsATurn));
      if (yieldMs === 0) await large;
      else while (memory.received() < 5_000) await new Promise((resolve) => setImmediate(resolve));
      for (let round = 0; round < 20; round++) await new Promise((resolve) => setImmediate(resolve));
      open();
      await Promise.all([small, large]);
      return memory.deliveries.map(({ feedId }) => feedId);
    };
    expect(await order(60_000)).toEqual(['quiet', 'loud', 'loud']);
    expect(await order(0)).toEqual(['loud', 'loud', 'quiet']);
  });

  it('tells how much of what came was known', async () => {
    const { post, memory } = await start({});
    await post('loud', calls('c', 3));
    await post('loud', calls('c', 5));
    expect(memory.deliveries.map(({ delivery }) => delivery.repeated)).toEqual([0, 3]);
  });
});

describe('a turn', () => {
  it('gives what was done in it, and what went wrong in it is no fault of the others', async () => {
    const turns = createTurns();
    const [good, bad, later] = [
      inTurn(turns, 1, () => 'read'),
      inTurn(turns, 1, () => {
        throw new Error('broken');
      }),
      inTurn(turns, 1, async () => 'stored'),
    ];
    await expect(bad).rejects.toThrow('broken');
    expect(await Promise.all([good, later])).toEqual(['read', 'stored']);
  });

  it('that takes long is followed by a look at everything else, and no longer a pause than that', async () => {
    let clock = 0;
    const turns = createTurns({ ofTime: 0.5, now: () => clock });
    const order: string[] = [];
    const heavy = (): number => {
      order.push('heavy');
      clock += 10_000;
      return 1;
    };
    turns.ask(heavy);
    const light = new Promise<void>((resolve) => {
      turns.ask(() => {
        order.push('light');
        resolve();
        return 1;
      });
    });
    // Not ten seconds: as long as what may be read at once.
    clock += 110;
    await light;
    expect(order).toEqual(['heavy', 'light']);
  });
});
