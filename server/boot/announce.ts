import { hostname } from 'node:os';
import { demoPassword } from '@/server/access/demo-accounts.ts';
import type { Env } from '@/server/env.ts';
import type { Certificate } from './certificate.ts';

export type Announced = {
  readonly env: Env;
  readonly port: number;
  readonly certificate: Certificate | null;
  readonly feeds: readonly string[];
  /** Only while the city has no account. */
  readonly setUpCode: string | null;
  readonly simulator: boolean;
  readonly seconds: number;
};

const shown = (host: string): string => (host.includes(':') ? `[${host}]` : host);

export function openAt({ env, port, certificate }: Pick<Announced, 'env' | 'port' | 'certificate'>): string {
  const everywhere = env.host === '0.0.0.0' || env.host === '::';
  const name = everywhere ? hostname() : env.host === '127.0.0.1' ? 'localhost' : shown(env.host);
  return `${certificate ? 'https' : 'http'}://${name}:${port}`;
}

/** The last lines of a start: where to open it, who may enter, where its data lies. */
export function announcement(of: Announced): string[] {
  const { env, certificate } = of;
  const lines = ['', `One Network 一网统管 is ready after ${of.seconds.toFixed(1)} s.`, ''];
  const say = (name: string, value: string): void => void lines.push(`  ${(name && `${name}:`).padEnd(10)}${value}`);
  say('Open', openAt(of));
  if (env.demo) {
    say('Sign in', `operator1, operator2, chief, verifier, liaison-police, commander, admin, wall …`);
    say('', `password ${demoPassword} for all of them (demo data only)`);
  } else if (of.setUpCode) {
    say('Set up', `no account yet: the first administrator is made at ${openAt(of)}/sign-in with this code`);
    say('', of.setUpCode);
  }
  say('Data', env.databaseUrl ? `${env.dataDir} (logs, certificate); records in your PostgreSQL` : env.dataDir);
  say('Feeds', of.feeds.join(', ') || 'none');
  if (env.demo)
    say(
      'City',
      of.simulator ? 'demo data (演示数据), moved by the city simulator' : 'demo data (演示数据), simulator off',
    );
  if (certificate?.generated) {
    say('TLS', 'with a certificate that this server made for itself: browsers warn once. Compare SHA-256');
    say('', certificate.fingerprint);
  }
  lines.push('', '  Ctrl+C ends it.', '');
  return lines;
}
