import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedDocs } from './docs/generated.ts';
import { recordSchema } from './docs/schemas.ts';

const folder = join(process.cwd(), 'docs/generated');

describe('generated documents', () => {
  it.each(Object.entries(generatedDocs()))('%s is what the code says (else: npm run docs)', (name, text) => {
    expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  });

  it('are all there is in their folder', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(generatedDocs()).sort());
  });

  it('give the record’s times as they are printed', () => {
    const text = JSON.stringify(recordSchema());
    expect(text).not.toContain('receivedAt');
    expect(text).toContain('"observedAt":{"type":["string","null"],"format":"date-time"}');
    expect(text).toContain('"due":{"type":["string","null"],"format":"date-time"}');
  });
});
