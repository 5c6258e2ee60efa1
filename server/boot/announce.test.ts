import { describe, expect, it } from 'vitest';
import { readEnv } from '@/server/env.ts';
import { type Announced, announcement, openAt } from './announce.ts';

const of = (more: Partial<Announced>, env: Record<string, string> = {}): Announced => ({
  env: readEnv({ DATA_DIR: '/data', ...env }),
  port: 3000,
  certificate: null,
  feeds: ['JT/T 808 on tcp 127.0.0.1:7611'],
  setUpCode: null,
  simulator: true,
  seconds: 1.23,
  ...more,
});
const certificate = { cert: '', key: '', generated: true, fingerprint: 'AA:BB', expiresAt: 0 };

describe('the last lines of a start', () => {
  it('say where, with which accounts, and where the data lies', () => {
    const text = announcement(of({})).join('\n');
    for (const words of ['http://localhost:3000', 'operator1', 'demo-2026', '/data', '7611', '演示数据', 'Ctrl+C'])
      expect(text).toContain(words);
    expect(text).not.toMatch(/^ {2}:/m);
  });

  it('give an empty city its code and never the demo password', () => {
    const text = announcement(of({ setUpCode: 'ABCDE-FGHJK' }, { DEMO: '0' })).join('\n');
    expect(text).toContain('ABCDE-FGHJK');
    expect(text).not.toContain('demo-2026');
    expect(announcement(of({}, { DEMO: '0' })).join('\n')).not.toContain('Set up');
  });

  it('name the address that others can open, and the fingerprint to compare', () => {
    expect(openAt({ env: readEnv({ HOST: '10.0.0.5' }), port: 443, certificate })).toBe('https://10.0.0.5:443');
    expect(openAt({ env: readEnv({ HOST: '::1' }), port: 1, certificate: null })).toBe('http://[::1]:1');
    expect(openAt({ env: readEnv({ HOST: '0.0.0.0' }), port: 1, certificate })).not.toContain('0.0.0.0');
    expect(announcement(of({ certificate })).join('\n')).toContain('AA:BB');
  });
});
