import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDataFolder, writePrivate } from './data-folder.ts';
import { StartRefused } from './start-refused.ts';

const scratch = mkdtempSync(join(tmpdir(), 'one-network-folder-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('data folder', () => {
  it('is held by one process at a time, in words', () => {
    const path = join(scratch, 'held');
    const first = openDataFolder(path);
    expect(() => openDataFolder(path)).toThrow(StartRefused);
    expect(() => openDataFolder(path)).toThrow(`process ${process.pid}`);
    first.release();
    openDataFolder(path).release();
  });

  it.each([
    ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 - 3, startedAt: '1' })],
    ['of a process id that somebody else has now', JSON.stringify({ pid: process.pid, startedAt: 'another time' })],
    ['that was half written', '{"pid":'],
  ])('takes over a lock %s', (_name, text) => {
    const path = join(scratch, `stale-${text.length}`);
    openDataFolder(path).release();
    writeFileSync(join(path, 'server.lock'), text);
    const again = openDataFolder(path);
    expect(JSON.parse(readFileSync(join(path, 'server.lock'), 'utf8')).pid).toBe(process.pid);
    again.release();
  });

  it('says what is wrong with a place that is no folder', () => {
    const file = join(scratch, 'file');
    writeFileSync(file, '');
    expect(() => openDataFolder(file)).toThrow(StartRefused);
  });

  it('writes secrets for this account alone', () => {
    const file = join(scratch, 'secret.json');
    writePrivate(file, 'x');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
