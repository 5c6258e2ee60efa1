import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outliveListeners } from './boot/outlive-listeners.ts';
import { StartRefused } from './boot/start-refused.ts';
import { startServer } from './boot/start-server.ts';
import { EnvironmentError, readEnv, settleEnvironment } from './env.ts';

/** Everything is named from the project's folder, wherever this was started: from sources or from the bundle. */
function enterProject(): void {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  process.chdir(folder);
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function explain(error: unknown): string {
  if (error instanceof StartRefused) return [error.message, error.advice].filter(Boolean).join('\n');
  if (error instanceof EnvironmentError) return `The environment cannot be read:\n${error.message}`;
  if (error instanceof Error && error.name === 'DatabaseStartError') return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function main(): void {
  const started = performance.now();
  const dev = process.argv.includes('--dev');
  outliveListeners();
  enterProject();
  settleEnvironment(dev);
  const starting = (async () => startServer({ env: readEnv(), dev, say, started }))();

  let stopping = false;
  /** Also while it is still starting: then it stops as soon as there is something to stop, and leaves no database behind. */
  const stop = (why: string, code: number): void => {
    if (stopping && why === 'SIGINT') process.exit(1); // Ctrl+C twice
    if (stopping) return;
    stopping = true;
    starting
      .then((server) => server.stop(why))
      .then(
        () => process.exit(code),
        (error: unknown) => {
          say(`✗ ${explain(error)}`);
          process.exit(1);
        },
      );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(signal, 0));
  process.once('disconnect', () => stop('whoever started it is gone', 0));
  const fault = (event: string) => (error: unknown) => {
    starting.then(
      (server) => server.fault(error),
      () => undefined, // said below
    );
    stop(event, 1);
  };

  starting.then(
    () => {
      for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, fault(event));
    },
    (error: unknown) => {
      say(`\n✗ One Network does not start.\n\n${explain(error)}\n`);
      process.exit(1);
    },
  );
}

main();
