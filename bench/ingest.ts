import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { clusterFolder, clusterSecret, superuser } from '@/server/store/cluster-files.ts';
import { type Emit, percentiles, round } from './figures.ts';
import type { SenderOrder, SenderReport } from './ingest-sender.ts';
import { type OpenConsole, openConsole } from './open-console.ts';
import { freePort, isBuilt, type Measured, runServer } from './server-process.ts';
import { withFolder } from './with-folder.ts';

const seconds = 30;
const asked = { positionsPerS: 10_000, readingsPerS: 10_000 };
const patienceMs = 60_000;

const send = (order: SenderOrder): Promise<SenderReport> =>
  new Promise((done, fail) => {
    const child = fork(fileURLToPath(new URL('ingest-sender.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
    child.once('message', (report) => done(report as SenderReport));
    child.once('exit', (code) => code && fail(new Error(`the sender ended with ${code}`)));
    child.send(order);
  });

/** The embedded database of the server under test; it says itself where its socket is. */
async function openDatabase(folder: string): Promise<pg.Client> {
  const host = readFileSync(join(clusterFolder(folder), 'postmaster.pid'), 'utf8').split('\n')[4] ?? '';
  const client = new pg.Client({
    host,
    user: superuser,
    password: clusterSecret(folder),
    database: 'postgres',
  });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>(
    "select datname from pg_database where datname <> 'postgres' and not datistemplate",
  );
  await client.end();
  const city = new pg.Client({ host, user: superuser, password: clusterSecret(folder), database: rows[0]?.datname });
  await city.connect();
  return city;
}

const rowsIn = async (database: pg.Client): Promise<{ positions: number; readings: number }> => {
  const { rows } = await database.query<{ positions: string; readings: string }>(
    `select (select count(*) from position_history where subject like 'jt808/%88%') as positions,
            (select count(*) from reading_history where subject like 'hj212/BENCH%') as readings`,
  );
  return { positions: Number(rows[0]?.positions), readings: Number(rows[0]?.readings) };
};

/** What one feed has made into records, by the server's own count. */
async function recordsOf(server: Measured, feed: string): Promise<number> {
  const page = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`one_network_feed_records_total\\{feed="${feed}"\\} (\\d+)`).exec(page)?.[1] ?? 0);
}

/** What the console cost while observations came in. */
async function costOf(console_: OpenConsole | null): Promise<() => Promise<Record<string, unknown> | null>> {
  if (!console_) return async () => null;
  const [before, frames, began] = [console_.cpu(), await console_.frames(), performance.now()];
  return async () => {
    const [after, drawn] = [console_.cpu(), (await console_.frames()) - frames];
    const seconds = (performance.now() - began) / 1_000;
    const drawingMs = after.drawingMs - before.drawingMs;
    return {
      framesPerS: round(drawn / seconds),
      drawingCpuMsPerFrame: Math.round(drawingMs / Math.max(1, drawn)),
      drawingCpuMsPerS: Math.round(drawingMs / seconds),
      pageCpuMsPerS: Math.round((after.pageMs - before.pageMs) / seconds),
    };
  };
}

async function measure(emit: Emit, withConsole: boolean): Promise<void> {
  await withFolder('bench-ingest', async (folder) => {
    const hj212Port = await freePort();
    const server = await runServer(folder, { FEED_LISTEN: `ecology-hj212=127.0.0.1:${hj212Port}` });
    const console_ = withConsole ? await openConsole(server.url) : null;
    const database = await openDatabase(folder);
    try {
      const before = await rowsIn(database);
      const cpu = server.cpuMs();
      const consoleCost = await costOf(console_);
      const report = await send({ jt808Port: server.jt808Port, hj212Port, ...asked, seconds });
      const sent = report.positions + report.readings;
      const browser = await consoleCost();
      const finished = performance.now();
      let stored = await rowsIn(database);
      const total = () => stored.positions - before.positions + stored.readings - before.readings;
      while (total() < sent && performance.now() - finished < patienceMs) {
        await sleep(500);
        const now = await rowsIn(database);
        if (now.positions + now.readings === stored.positions + stored.readings && performance.now() - finished > 5_000)
          break;
        stored = now;
      }
      emit({
        bench: 'ingest',
        what: 'JT/T 808 positions and HJ 212 readings over TCP → live state and history',
        console: console_ !== null,
        cores: cpus().length,
        load: round(loadavg()[0] ?? 0, 1),
        askedPerS: asked.positionsPerS + asked.readingsPerS,
        sentPerS: Math.round(sent / report.seconds),
        seconds: round(report.seconds, 1),
        sent,
        answered: { positions: report.positionAnswers, messagesOfReadings: report.readingAnswers },
        records: {
          positions: await recordsOf(server, 'transport-jt808'),
          readings: await recordsOf(server, 'ecology-hj212'),
        },
        storedRows: total(),
        lost: sent - total(),
        storedAfterMs: Math.round(performance.now() - finished),
        answeredAfterMs: Math.round(report.answeredAfterMs),
        takenPerS: Math.round(sent / (report.seconds + report.answeredAfterMs / 1_000)),
        answerMs: percentiles(report.answerMs),
        cpuMicrosPerObservation: round(((server.cpuMs() - cpu) * 1_000) / Math.max(1, total())),
        serverRssMb: server.rssMb(),
        ...(browser ? { browser } : {}),
      });
    } finally {
      await database.end();
      await console_?.close();
      await server.stop();
    }
  });
}

/** Observations from the wire into the live picture and the history, without and with a console open beside it. */
export async function ingest(emit: Emit): Promise<void> {
  if (!isBuilt()) return emit({ bench: 'ingest', skipped: 'nothing is built: npm run build' });
  await measure(emit, false);
  await measure(emit, true);
}
