import { readOptions, usage } from './options.ts';
import { run } from './run.ts';

const print = (text: string) => {
  process.stdout.write(`${new Date().toLocaleTimeString('zh-CN', { hour12: false })} ${text}\n`);
};

const options = readOptions(process.argv.slice(2), process.env);
if (options === 'help') process.stdout.write(usage);
else if ('problem' in options) {
  process.stderr.write(`${options.problem}\n\n${usage}`);
  process.exitCode = 2;
} else {
  // A reader that goes away (`| head`) is no reason to die with a stack trace.
  process.stdout.on('error', () => process.exit(0));
  const running = await run(options, print);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => running.stop());
  await running.ended;
  process.exit(0);
}
