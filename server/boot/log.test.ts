import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLog } from './log.ts';

it('keeps no secret and nobody’s line, and says warnings aloud once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'one-network-log-'));
  const said: string[] = [];
  const log = openLog({ folder, level: 'info', say: (line) => said.push(line) });
  const secrets = {
    password: 'hunter2',
    nested: { token: 'tok-1', call: { phone: '13900000000' } },
    headers: { cookie: 'session=abc', authorization: 'Bearer xyz' },
  };
  log('info', 'quiet', secrets);
  log('debug', 'left out');
  log('error', 'loud', { error: new Error('with a stack') });
  log('error', 'loud');
  log.close();
  const text = readFileSync(join(folder, 'server.log'), 'utf8');
  for (const secret of ['hunter2', 'tok-1', '13900000000', 'session=abc', 'xyz']) expect(text).not.toContain(secret);
  expect(text).not.toContain('left out');
  expect(text).toContain('with a stack');
  expect(said).toEqual(['✗ loud']);
  rmSync(folder, { recursive: true, force: true });
});
