import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const script = (first: string) => `
  ${first}
  setInterval(() => console.log('still here'), 1);
  process.stdin.once('data', () => setTimeout(() => process.exit(7), 50));
`;

/** How a process ends that goes on saying something after the pipe to its reader was closed. */
const endOf = (code: string): Promise<number | null> =>
  new Promise((done) => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.on('error', () => undefined);
    child.stdout.once('data', () => {
      child.stdout.destroy();
      child.stdin.write('end\n');
    });
    child.once('exit', (status) => done(status));
  });

it('a server whose terminal has gone goes on', async () => {
  expect(await endOf(script(''))).toBe(1);
  const file = fileURLToPath(new URL('./outlive-listeners.ts', import.meta.url));
  expect(
    await endOf(script(`const { outliveListeners } = await import(${JSON.stringify(file)}); outliveListeners();`)),
  ).toBe(7);
});
