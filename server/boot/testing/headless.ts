// The whole server in a process of its own, but for the pages: for tests that kill it. Says `ready <port>` once it is.
import { readEnv, settleEnvironment } from '@/server/env.ts';
import { startServer } from '../start-server.ts';

settleEnvironment(false);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const server = await startServer({
  env: readEnv(),
  dev: false,
  say,
  started: performance.now(),
  pages: async () => ({
    handle: async (_request, response) => void response.writeHead(404).end(),
    upgrade: (_request, socket) => void socket.destroy(),
    close: async () => undefined,
  }),
});
process.once('SIGTERM', () => server.stop('SIGTERM').finally(() => process.exit()));
say(`ready ${server.port}`);
