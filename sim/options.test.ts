import { describe, expect, it } from 'vitest';
import { type Options, readOptions } from './options.ts';

const read = (text: string, env = {}) => readOptions(text.split(' ').filter(Boolean), env);
const problem = (text: string) => (read(text) as { problem: string }).problem;

describe('options', () => {
  it('has defaults that speak to this machine only', () => {
    const options = read('') as Options;
    expect([options.jt808, options.push.href, options.cap.href]).toEqual([
      { host: '127.0.0.1', port: 7611 },
      'http://127.0.0.1:7080/v1/push',
      'http://127.0.0.1:7080/v1/cap',
    ]);
    expect([options.units, options.speed, options.scenario.name, options.durationS]).toEqual([5_200, 1, 'flood', null]);
  });

  it('takes the command line before the environment', () => {
    const env = { CITY_JT808: '127.0.0.1:1', CITY_TOKENS: 'a.json' };
    expect(read('--jt808 [::1]:2', env)).toMatchObject({ jt808: { host: '::1', port: 2 }, tokens: 'a.json' });
  });

  it('refuses to speak to another machine unless told so', () => {
    for (const text of [
      '--jt808 10.0.0.1:7611',
      '--push http://example.org/v1/push',
      '--cap http://127.0.0.1.example.org/',
    ])
      expect(problem(text)).toContain('--allow-remote');
    expect(read('--jt808 10.0.0.1:7611 --allow-remote')).toMatchObject({ jt808: { host: '10.0.0.1' } });
  });

  it('says what it cannot read', () => {
    expect(problem('--units 0')).toContain('--units');
    expect(problem('--units 1.5')).toContain('整数');
    expect(problem('--speed fast')).toContain('--speed');
    expect(problem('--scenario snow')).toContain('calm');
    expect(problem('--jt808 7611')).toContain('主机');
    expect(problem('--push ftp://127.0.0.1/')).toContain('网址');
    expect(problem('--wings 2')).toContain('wings');
    expect(read('--help')).toBe('help');
  });
});
