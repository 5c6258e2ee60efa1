import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { StoreUnavailable } from '@/server/store/faults.ts';
import { openAccessDatabase } from './database.ts';

it('a database that takes the connection and then says nothing is given up, and nothing is left waiting', async () => {
  const held = new Set<Socket>();
  const silent = createServer((socket) => {
    held.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
  const { port } = silent.address() as AddressInfo;
  const database = openAccessDatabase({ host: '127.0.0.1', port, user: 'x', password: 'x', database: 'x' });
  onTestFinished(() => {
    for (const socket of held) socket.destroy();
    silent.close();
  });
  const waiting = { patienceMs: 50, again: true };
  await expect(database.tx((query) => query('select 1'), waiting)).rejects.toBeInstanceOf(StoreUnavailable);
});
