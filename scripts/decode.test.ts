import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'decode-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: string[], input?: Uint8Array | string): Promise<{ code: number; out: string[]; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/decode.ts', ...args],
      { cwd: root },
      (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: out.split('\n').filter(Boolean), err }),
    );
    child.stdin?.end(input ?? '');
  });
}

/** A heartbeat and a location of terminal 13912345678, laid out by hand. */
const heartbeat = '7e 0002 0000 013912345678 0008 3a 7e';
const sound = '7e0200001c0139123456780010000000000000000301e9335f0714b24d007d0200000000260615083000267e';
const binary = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));

describe('npm run decode', () => {
  it('prints one record a line from standard input, without what depends on the run', async () => {
    const { code, out } = await run(['jt808'], binary(sound));
    expect(code).toBe(0);
    expect(out).toHaveLength(1);
    const record = JSON.parse(out[0] ?? '');
    expect(record).toMatchObject({
      kind: 'position',
      subject: { scheme: 'jt808', key: '013912345678' },
      observedAt: '2026-06-15T00:30:00.000Z',
      geometry: { type: 'Point', coordinates: [118.796877, 32.060255] },
    });
    expect(record).not.toHaveProperty('receivedAt');
  });

  it('reads hex lines of a file in any writing, prints messages, and exits with 1 where something was refused', async () => {
    const file = join(folder, 'frames.hex');
    const spoilt = heartbeat.replace('3a 7e', '3b 7e');
    writeFileSync(file, `${heartbeat.toUpperCase()}\n\n0x7e 0002 zz\n${heartbeat}${sound}\r\n${spoilt}\n`);
    const { code, out } = await run(['jt808', file, '--hex', '--message']);
    const lines = out.map((line) => JSON.parse(line));
    expect(lines.map((line) => line.name ?? line.refused)).toEqual([
      'heartbeat',
      'encoding',
      'heartbeat',
      'location report',
      'checksum',
    ]);
    expect(code).toBe(1);
  });

  it('reports a torn end and noise', async () => {
    const { code, out } = await run(['jt808'], binary(`28 31 29 ${heartbeat} ${sound.slice(0, 40)}`));
    expect(out.map((line) => JSON.parse(line).refused)).toEqual(['truncated', 'framing']);
    expect(code).toBe(1);
  });

  it('names its protocols', async () => {
    const { code, out } = await run(['--list']);
    expect(code).toBe(0);
    expect(out.map((line) => line.split('\t')[0])).toContain('jt808');
  });

  it.each([
    [[], 'name a protocol'],
    [['jt808', '/no/such/file'], 'cannot read'],
    [['jt808', '--options', '{"requireAuth":true}'], 'authSecret'],
  ])('explains itself and exits with 2 on %j', async (args, words) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, []]);
    expect(err).toContain(words);
    expect(err).toContain('Usage: npm run decode');
  });
});
