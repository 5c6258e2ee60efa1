import type pg from 'pg';
import { faultOf, StoreUnavailable } from './faults.ts';

/** Borrows a connection until `deadline`; past it the connection is cut, and every call that waits on it rejects. */
export async function withConnection<T>(
  pool: pg.Pool,
  deadline: number,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const left = deadline - performance.now();
  if (left <= 0) throw new StoreUnavailable('no time left');
  let client: pg.PoolClient | undefined;
  let late = false;
  const connecting = pool.connect().then((got) => {
    if (late) got.release();
    else client = got;
    return got;
  });
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      late = client === undefined;
      if (client) cut(client);
      else fail(new StoreUnavailable('no connection in time'));
    }, left);
  });
  try {
    const got = await Promise.race([connecting, timeUp]);
    const result = await work(got);
    got.release();
    return result;
  } catch (error) {
    // Only a connection whose transaction is known to be over goes back to the pool.
    const fault = client ? await endTransaction(client, error) : error;
    throw fault;
  } finally {
    clearTimeout(timer);
    connecting.catch(() => undefined); // said by the race already
  }
}

const cut = (client: pg.PoolClient) =>
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();

async function endTransaction(client: pg.PoolClient, error: unknown): Promise<unknown> {
  if (faultOf(error) === 'gone') {
    client.release(true);
    return error;
  }
  try {
    await client.query('rollback');
    client.release();
  } catch {
    client.release(true); // the first error is the one that counts
  }
  return error;
}
