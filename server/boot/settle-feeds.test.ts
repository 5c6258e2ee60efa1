import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { departmentFeeds } from '@/server/departments/registry.ts';
import { protocolById } from '@/server/feeds/registry.ts';
import { shownUrl } from '@/server/feeds/transport/shown-url.ts';
import { listedFeed } from './list-feeds.ts';
import { type SettleWith, settleFeeds } from './settle-feeds.ts';

const none = {
  protocolById,
  file: {},
  listen: new Map(),
  jt808: { host: '127.0.0.1', port: 7611 },
  push: { host: '127.0.0.1', port: 7080 },
  capPollUrl: null,
} satisfies SettleWith;
const settle = (more: Partial<SettleWith> = {}) => {
  const settled = settleFeeds(departmentFeeds, { ...none, ...more });
  const of = (id: string) => {
    const found = settled.feeds.find(({ feed }) => feed.id === id);
    if (!found) throw new Error(id);
    return found;
  };
  return { ...settled, of };
};

describe('feeds of an installation', () => {
  it('are those of the departments where nothing is said, without a fault', () => {
    const { feeds, faults, of } = settle();
    expect(faults).toEqual([]);
    expect(feeds).toHaveLength(departmentFeeds.length);
    for (const one of feeds.filter(({ feed }) => feed.transport !== 'http-poll' && feed.transport !== 'tcp-client'))
      expect(one.on, one.feed.id).toBe(one.feed.enabled);
    expect(of('transport-jt808').listen).toEqual({ host: '127.0.0.1', port: 7611 });
    expect(of('urban-open311').on).toBe(false);
  });

  it('listen and poll where the file says, with headers nobody can print', () => {
    const { faults, of } = settle({
      file: {
        'ecology-hj212': { listen: '[::1]:9999', options: {} },
        'meteorology-metar': {
          url: 'https://met.example/metar?key=k123',
          headers: { 'X-API-Key': 'k456' },
          intervalS: 600,
        },
        'police-110': { enabled: false },
      },
    });
    expect(faults).toEqual([]);
    expect(of('ecology-hj212')).toMatchObject({ on: true, listen: { host: '::1', port: 9999 } });
    const metar = of('meteorology-metar');
    expect(metar).toMatchObject({ on: true, intervalS: 600 });
    expect(metar.headers.get('x-api-key')?.reveal()).toBe('k456');
    expect(JSON.stringify([...metar.headers])).not.toContain('k456');
    expect(listedFeed(metar).address).toBe('poll https://met.example/metar?…');
    expect(of('police-110').on).toBe(false);
  });

  it('keep to the environment before the file', () => {
    const { faults, of } = settle({
      file: { 'ecology-hj212': { listen: '127.0.0.1:1' }, 'emergency-cap-poll': { url: 'http://a.example/cap' } },
      listen: new Map([
        ['ecology-hj212', { host: '127.0.0.1', port: 2 }],
        ['*', { host: '127.0.0.1', port: 0 }],
      ]),
      capPollUrl: 'http://b.example/cap',
    });
    expect(faults).toEqual([]);
    expect(of('ecology-hj212').listen?.port).toBe(2);
    expect(of('water-sl651').listen?.port).toBe(0);
    expect(of('transport-jt808').listen?.port).toBe(7611);
    expect(of('emergency-cap-poll')).toMatchObject({ on: true, url: 'http://b.example/cap' });
  });

  it.each([
    [{ 'water-sl65': {} }, 'water-sl65: there is no such feed'],
    [
      { 'police-110': { listen: '0.0.0.0:1' } },
      'police-110.listen: means nothing to http-push (all pushed feeds share PUSH_HOST and PUSH_PORT)',
    ],
    [{ 'ecology-hj212': { url: 'http://a.example' } }, 'ecology-hj212.url: means nothing to tcp'],
    [{ 'ecology-hj212': { listen: '9212' } }, 'ecology-hj212.listen: must be "host:port"'],
    [{ 'ecology-hj212': { listen: 'a:70000' } }, 'ecology-hj212.listen: must be "host:port" with a port up to 65535'],
    [{ 'urban-open311': { enabled: true } }, 'urban-open311.enabled: needs a url'],
    [
      { 'urban-open311': { url: 'ftp://a.example' } },
      'urban-open311.url: must be a URL with http, https, mqtt or mqtts',
    ],
    [{ 'urban-open311': { url: 'mqtt://a.example' } }, 'urban-open311.url: http-poll wants http or https'],
    [{ 'urban-open311': { headers: { 'a b': 'x' } } }, 'urban-open311.headers: a name that no header may have'],
    [{ 'urban-open311': { options: { zone: 'CST' } } }, 'urban-open311.options.zone: an offset such as +08:00'],
    [{ 'police-110': { enable: true } }, 'police-110: Unrecognized key: "enable"'],
  ])('%j is one clear line', (file, line) => {
    expect(settle({ file }).faults).toEqual([line]);
  });

  it('an option that the protocol does not know is named', () => {
    const { faults } = settle({ file: { 'ecology-hj212': { options: { zome: 1 } } } });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^ecology-hj212\.options: .*zome/);
  });

  it('a secret never shows in a fault', () => {
    const { faults } = settle({
      file: { 'urban-open311': { headers: { key: 'geheim\u0000' }, url: 'http://u:geheim@' } },
    });
    expect(faults.length).toBe(2);
    expect(faults.join()).not.toContain('geheim');
  });

  it('an environment that names an unknown feed is a fault', () => {
    expect(settle({ listen: new Map([['nobody', { host: 'a', port: 1 }]]) }).faults).toEqual([
      'FEED_LISTEN: there is no feed nobody',
    ]);
  });
});

describe('docs/feeds.md', () => {
  const text = readFileSync(fileURLToPath(new URL('../../docs/feeds.md', import.meta.url)), 'utf8');

  it('has an example that is right', () => {
    const example = /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
    const { faults, of } = settle({ file: JSON.parse(example.replaceAll('…', 'x')) });
    expect(faults).toEqual([]);
    expect(of('transport-ais-receiver')).toMatchObject({ on: true, connect: { host: 'ais.example.cn', port: 5631 } });
    expect(of('emergency-sensors-mqtt').url).toContain('broker.example.cn');
  });
});

describe('addresses on a screen', () => {
  it('hold no password and no key', () => {
    expect(shownUrl('https://u:p@a.example:8443/x/{since}?token=1')).toBe('https://a.example:8443/x/{since}?…');
    expect(shownUrl('mqtts://u:p@b.example')).toBe('mqtts://b.example');
    expect(shownUrl('nonsense')).toBe('—');
  });
});
