import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFeedsFile, refuseFaults } from './read-feeds-file.ts';
import { StartRefused } from './start-refused.ts';

const folder = mkdtempSync(join(tmpdir(), 'on-feeds-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (text: string) => {
  const path = join(folder, 'feeds.json');
  writeFileSync(path, text);
  return path;
};

describe('the feeds file', () => {
  it('may be absent unless it was named', () => {
    const nowhere = join(folder, 'nowhere.json');
    expect(readFeedsFile(nowhere, false)).toEqual({});
    expect(() => readFeedsFile(nowhere, true)).toThrow(/cannot be read.*ENOENT/);
  });

  it('is an object by feed id', () => {
    expect(readFeedsFile(file('{"police-110": {"enabled": false}}'), true)).toEqual({
      'police-110': { enabled: false },
    });
    expect(() => readFeedsFile(file('[]'), true)).toThrow(/an entry per feed|one entry per feed/);
  });

  it('that is broken is refused by its line, without its text', () => {
    const path = file('{\n"a": {"headers": {"key": "geheim"}\n');
    try {
      readFeedsFile(path, true);
      expect.fail('was read');
    } catch (error) {
      expect(error).toBeInstanceOf(StartRefused);
      expect(String(error)).toMatch(/line 3/);
      expect(String(error)).not.toContain('geheim');
    }
  });

  it('lets every fault be seen at once', () => {
    expect(() => refuseFaults('f', [])).not.toThrow();
    expect(() => refuseFaults('f', ['a: 1', 'b: 2'])).toThrow(/a: 1\n {2}b: 2/);
  });
});
