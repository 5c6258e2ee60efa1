import { randomUUID } from 'node:crypto';
import { createAccess } from '@/server/access/access.ts';
import { openAccessDatabase } from '@/server/access/database.ts';
import { createPushAuthenticator } from '@/server/access/push-tokens.ts';
import { socketAccess } from '@/server/access/socket-access.ts';
import { createFiles } from '@/server/api/files.ts';
import { createApi } from '@/server/api/http.ts';
import { type Env, isLoopback } from '@/server/env.ts';
import { createGateway, type Gateway } from '@/server/realtime/gateway.ts';
import { startStore } from '@/server/store/start-store.ts';
import { announcement } from './announce.ts';
import { type Certificate, ownCertificate, readCertificate } from './certificate.ts';
import { openDataFolder } from './data-folder.ts';
import { epochOf } from './epoch.ts';
import { readiness } from './health.ts';
import { openLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { openPages } from './pages.ts';
import { seed, writeDemoTokens } from './seed.ts';
import { documentsPort, simulatedFeeds } from './simulated-feeds.ts';
import { type Simulator, startSimulator } from './simulator.ts';
import { startCity } from './start-city.ts';
import { createStopper } from './stopper.ts';
import { checkPort, createWebServer, listen } from './web-server.ts';

export type StartOptions = {
  readonly env: Env;
  readonly dev: boolean;
  readonly say: (line: string) => void;
  /** `performance.now()` at the very beginning. */
  readonly started: number;
  /** Tests of what lies behind the pages bring their own. */
  readonly pages?: typeof openPages;
};

export type RunningServer = {
  readonly port: number;
  fault(error: unknown): void;
  stop(why: string): Promise<void>;
};

const root = process.cwd(); // main.ts has entered the project's folder

/** Plain http on loopback only (DESIGN.md law 13). */
async function certificateFor(env: Env): Promise<Certificate | null> {
  if (env.tls) return readCertificate(env.tls, Date.now());
  if (env.trustProxy || isLoopback(env.host)) return null;
  return ownCertificate(
    env.dataDir,
    [env.host, ...env.publicNames].filter((name) => !['0.0.0.0', '::'].includes(name)),
    Date.now(),
  );
}

/** env → store → feeds → live → one server. Whatever was opened is closed again when a later step fails. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { env, dev, say, started } = options;
  const stopper = createStopper();
  const now = Date.now;
  const seconds = (): number => (performance.now() - started) / 1000;
  const step = (words: string): void => say(`▸ ${seconds().toFixed(1)} s  ${words}`);
  try {
    const folder = openDataFolder(env.dataDir);
    stopper.add('folder', async () => folder.release());
    await checkPort(env.host, env.port);
    const log = openLog({ folder: folder.logs, level: env.logLevel, say });
    stopper.add('log', async () => log.close());
    const certificate = await certificateFor(env);
    const secure = certificate !== null || env.trustProxy;

    step(env.databaseUrl ? 'connecting to the database' : 'starting the database');
    const opening = (options.pages ?? openPages)({
      root,
      hostname: env.host,
      port: env.port,
      dev,
      tls: secure,
      mapbox: env.mapboxToken !== null,
    });
    opening.catch(() => undefined); // awaited below, after the store
    const store = await startStore({
      folder: env.dataDir,
      databaseUrl: env.databaseUrl,
      log: (text) => log('info', text, { of: 'store' }),
    });
    stopper.add('store', () => store.close());
    if (store.migrated.length) step(`applied ${store.migrated.length} migrations`);
    const database = openAccessDatabase(store.connections.app);
    stopper.add('access', () => database.close());

    const fault = (error: unknown, facts: Record<string, unknown> = {}): void =>
      log('error', error instanceof Error ? error.message : String(error), { ...facts, error });
    const simulated = env.simulator ? simulatedFeeds(await documentsPort()) : null;
    const city = await startCity({
      root,
      store,
      now,
      newId: randomUUID,
      onError: fault,
      onAssist: (message, facts) => log('info', message, facts),
      env,
      authenticatePush: createPushAuthenticator(database, now),
      simulated: simulated?.byFeed ?? new Map(),
    });
    stopper.add('city', () => city.close());
    await seed({ root, store, database, city: city.deps.city, demo: env.demo, now: now() });
    await city.follow();

    const access = createAccess({ database, secure, demo: env.demo });
    const door = {
      access,
      demo: env.demo,
      mapboxToken: env.mapboxToken,
      trustProxy: env.trustProxy,
      onFault: (error: unknown, path: string) => fault(error, { path }),
    };
    const api = createApi(city.deps, door);
    const pages = await opening;
    stopper.add('pages', () => pages.close());
    let gateway: Gateway | null = null;
    const metrics = createMetrics({
      store,
      gateway: () => gateway,
      feeds: () => city.deps.intake.figures(),
      liveUnits: () => city.deps.live.size,
    });
    const web = createWebServer({
      certificate,
      trustProxy: env.trustProxy,
      dev,
      loopbackOnly: !secure,
      metricsToken: env.metricsToken,
      api,
      files: createFiles(city.deps, door),
      pages,
      tiles: city.tiles,
      metrics,
      readiness: () => readiness(store, stopper.stopping),
      isLoopback,
      onFault: (error, path) => fault(error, { path }),
    });
    gateway = createGateway(
      web,
      {
        access: socketAccess(access),
        records: store,
        state: city.deps.live,
        ticker: city.ticker,
        readings: city.readings,
        epoch: await epochOf(store),
        now,
        log,
      },
      { trustProxy: env.trustProxy },
    );
    access.onEnded(gateway.revoke);
    const port = await listen(web, env.host, env.port);
    stopper.add('web', () => closeWeb(web));
    stopper.add('gateway', () => gateway?.close() ?? Promise.resolve());
    await city.start((feeds) => gateway?.publishFeeds(feeds));
    const forgetting = setInterval(() => access.forget().catch(fault), 3_600_000);
    stopper.add('timers', async () => clearInterval(forgetting));

    let simulator: Simulator | null = null;
    if (env.demo) {
      const tokens = await writeDemoTokens(database, env.dataDir, now());
      const { jt808, push, feeds } = city.addresses();
      if (simulated && jt808 && push)
        simulator = startSimulator({ root, dev, tokens, jt808, push, feeds, simulated, log });
      stopper.add('simulator', () => simulator?.stop() ?? Promise.resolve());
    }
    const setUpCode = !env.demo && (await access.setUpNeeded()) ? access.setUpCode : null;
    log('info', 'started', { port, host: env.host, demo: env.demo, seconds: seconds() });
    const feeds = city.listening();
    for (const line of announcement({
      env,
      port,
      certificate,
      feeds,
      setUpCode,
      simulator: simulator !== null,
      seconds: seconds(),
    }))
      say(line);

    return {
      port,
      fault,
      stop: async (why) => {
        say(`▸ stopping (${why})`);
        log('info', 'stopping', { why });
        await stopper.stop((name, error) => say(`✗ ${name} did not stop well: ${String(error)}`));
        say(`▸ stopped; every acknowledged record is in ${env.databaseUrl ? 'your PostgreSQL' : env.dataDir}`);
      },
    };
  } catch (error) {
    await stopper.stop(() => undefined); // the first error is the one that counts
    throw error;
  }
}

const drainMs = 5_000;

/** Takes no more connections, lets requests in hand finish (a command's answer), then closes what idles. */
async function closeWeb(web: ReturnType<typeof createWebServer>): Promise<void> {
  const closed = new Promise<void>((done) => web.close(() => done()));
  web.closeIdleConnections();
  const hard = setTimeout(() => web.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(hard);
}
