import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EnvironmentError, isLoopback, readEnv, variables } from './env.ts';

describe('environment', () => {
  it('starts safe with nothing set', () => {
    const env = readEnv({});
    expect(env).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      demo: true,
      simulator: true,
      databaseUrl: null,
      mapboxToken: null,
      tls: null,
      trustProxy: false,
      jt808: { host: '127.0.0.1', port: 7611 },
      push: { host: '127.0.0.1', port: 7080 },
      capPollUrl: null,
      routing: { osrmUrl: null, valhallaUrl: null },
    });
    expect(env.dataDir).toBe(resolve('data/demo'));
  });

  it('keeps demo data and a real city apart', () => {
    const env = readEnv({ DEMO: '0' });
    expect(env).toMatchObject({ demo: false, simulator: false, dataDir: resolve('data/city') });
    expect(readEnv({ DEMO: '0', DATA_DIR: '/tmp/x' }).dataDir).toBe('/tmp/x');
  });

  it('names every mistake at once, and no secret', () => {
    const wrong = {
      PORT: '99999',
      HOST: 'a b',
      MAPBOX_TOKEN: 'sk.secret',
      DATABASE_URL: 'mysql://u:hunter2@h/d',
      TLS_CERT: 'a.pem',
    };
    const told = (() => {
      try {
        readEnv(wrong);
      } catch (error) {
        return error;
      }
    })();
    expect(told).toBeInstanceOf(EnvironmentError);
    const words = (told as Error).message;
    for (const name of ['PORT', 'HOST', 'MAPBOX_TOKEN', 'DATABASE_URL', 'TLS_CERT and TLS_KEY'])
      expect(words).toContain(name);
    expect(words).not.toContain('hunter2');
    expect(words).not.toContain('sk.secret');
  });

  it('takes an empty value for none', () => {
    expect(readEnv({ PORT: '', DATABASE_URL: ' ', DEMO: '' })).toMatchObject({
      port: 3000,
      databaseUrl: null,
      demo: true,
    });
  });

  it('has words for each variable and marks what is secret', () => {
    for (const [name, { doc }] of Object.entries(variables)) expect(doc.length, name).toBeGreaterThan(20);
    const secret = Object.entries(variables).filter(([, of]) => of.secret);
    expect(secret.map(([name]) => name)).toEqual(['DATABASE_URL', 'MAPBOX_TOKEN', 'AI_KEY', 'METRICS_TOKEN']);
  });

  it('asks no model unless both its address and its name are given', () => {
    expect(readEnv({}).ai).toBeNull();
    expect(() => readEnv({ AI_URL: 'http://127.0.0.1:8000/v1' })).toThrow('AI_URL and AI_MODEL go together');
    expect(() => readEnv({ AI_URL: 'ftp://x/v1', AI_MODEL: 'm', AI_TIMEOUT_MS: '5' })).toThrow(
      /AI_URL[\s\S]*AI_TIMEOUT_MS/,
    );
    expect(readEnv({ AI_URL: 'http://127.0.0.1:8000/v1', AI_MODEL: 'qwen/3:8b', AI_KEY: 'k' }).ai).toEqual({
      url: 'http://127.0.0.1:8000/v1',
      key: 'k',
      model: 'qwen/3:8b',
      timeoutMs: 2_500,
      briefTimeoutMs: 15_000,
    });
  });

  it('knows loopback', () => {
    for (const address of ['127.0.0.1', '127.1.2.3', '::1', 'localhost', '::ffff:127.0.0.1'])
      expect(isLoopback(address)).toBe(true);
    for (const address of ['0.0.0.0', '::', '10.0.0.1', 'city.example']) expect(isLoopback(address)).toBe(false);
  });
});
