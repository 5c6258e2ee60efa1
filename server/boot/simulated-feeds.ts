import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { departmentFeeds, type RegisteredFeed } from '@/server/departments/registry.ts';

/** What the demo's simulator brings along for a feed: it is on, asked for there, believed with this. An installation's own word goes before. */
export type SimulatedFeed = {
  readonly url?: string;
  /** The simulator starts after the server that asks it. */
  readonly firstAfterMs?: number;
  readonly options?: Readonly<Record<string, unknown>>;
};
export type SimulatedFeeds = {
  readonly byFeed: ReadonlyMap<string, SimulatedFeed>;
  /** Where the simulator offers what is polled. */
  readonly documentsPort: number;
  /** New at every start, and told to the simulator alone. */
  readonly passwords: { readonly jt809: string; readonly gb28181: string };
};

/** Protocols that the simulator has a line for. */
export const simulatedLines = ['hj212', 'sl651', 'gb26875', 'ais', 'jt809', 'gb28181', 'mqtt'] as const;
/** Sources that push what follows from the city's day, beside those that every demo has on. */
const pushedBy: ReadonlySet<string> = new Set([
  ...['meteorology-ngsi', 'culture-visitors', 'transport-parking', 'emergency-sensorthings', 'health-fhir'],
  ...['market-lifts', 'emergency-shelter'],
]);
/** Its documents by protocol of the feed that polls them. */
export const simulatedPaths: Readonly<Record<string, string>> = {
  metar: '/metar/ZSNJ.txt',
  open311: '/open311/v2/requests.json',
  'gtfs-rt': '/gtfs/realtime.pb',
};
/** The operators' platforms of the simulated city, by access code. */
const platforms = [
  { centerId: 32_010_001, userId: 8_090_001 },
  { centerId: 32_010_002, userId: 8_090_002 },
  { centerId: 32_010_003, userId: 8_090_003 },
  { centerId: 32_010_004, userId: 8_090_004 },
];

/** Longer than a simulator takes to start from its sources on a busy machine. */
const firstAfterMs = 12_000;

/** JT/T 809 has eight bytes for it. */
const newPassword = (): string => randomBytes(6).toString('base64url');

export function simulatedFeeds(documentsPort: number): SimulatedFeeds {
  const passwords = { jt809: newPassword(), gb28181: newPassword() };
  const optionsOf: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    jt809: { accounts: platforms.map((platform) => ({ ...platform, password: passwords.jt809 })) },
    gb28181: { password: passwords.gb28181 },
  };
  const of = ({ feed }: RegisteredFeed): SimulatedFeed | null => {
    const { transport, protocol } = feed;
    const path = simulatedPaths[protocol];
    if (transport === 'http-poll')
      return path ? { url: `http://127.0.0.1:${documentsPort}${path}`, firstAfterMs } : null;
    if (transport === 'http-push') return pushedBy.has(feed.id) ? {} : null;
    const spoken = transport === 'mqtt' ? 'mqtt' : protocol;
    if (!(simulatedLines as readonly string[]).includes(spoken)) return null;
    // Its base stations speak over TCP.
    if (protocol === 'ais' && transport !== 'tcp') return null;
    return optionsOf[protocol] ? { options: optionsOf[protocol] } : {};
  };
  const byFeed = new Map(
    departmentFeeds.flatMap((registered) => {
      const simulated = of(registered);
      return simulated ? [[registered.feed.id, simulated] as const] : [];
    }),
  );
  return { byFeed, documentsPort, passwords };
}

const usualPort = 7090;

/** The usual port where it is free, so that addresses stay the same from one start to the next. */
export async function documentsPort(): Promise<number> {
  for (const port of [usualPort, 0]) {
    const probe = createServer();
    const free = await new Promise<number | null>((done) => {
      probe.once('error', () => done(null));
      probe.listen(port, '127.0.0.1', () => done((probe.address() as AddressInfo).port));
    });
    if (probe.listening) await new Promise((done) => probe.close(done));
    if (free !== null) return free;
  }
  return usualPort;
}
