import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const folders = ['server/feeds/transport', 'server/feeds/transport/mqtt'];
const sources = folders.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8')),
);

/** Codes that a transport says of itself: what follows a state, what a notice begins with, what a fetch failed of. */
const codes = new Set(
  sources.flatMap((text) =>
    [
      /tell(?:All)?\(\s*'(?:up|down|degraded|starting|stopped)',\s*'([a-z_]+)'/g,
      /notice\(\s*(?:'(?:up|down|degraded)',\s*)?'([a-z_]{5,})'/g,
      /failed\(\s*(?:signal\.aborted \? )?'([a-z_]+)'/g,
      /'((?:links|pages)_[a-z]+)'/g,
    ].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')),
  ),
);

describe.each(['zh-CN', 'en'])('the feeds page in %s', (locale) => {
  const words = JSON.parse(readFileSync(join(root, `messages/${locale}.json`), 'utf8')).feeds.transport;

  it.each([...codes])('has words for %s', (code) => {
    expect(words[code]).toBeTypeOf('string');
  });

  it('finds the codes at all', () => {
    for (const code of [
      'listening',
      'connected',
      'subscribed',
      'timeout',
      'pages_open',
      'links_refused',
      'connection_cut',
    ])
      expect([...codes], code).toContain(code);
  });
});
