import { encodeCap } from './cap/encode.ts';
import { capMediaType } from './cap/feed.ts';
import { city, tickMs } from './city.ts';
import type { CityOutput } from './city-state.ts';
import { terminal } from './jt808/terminal.ts';
import { startCapFeed } from './link/cap-feed-server.ts';
import { startDocumentServer } from './link/document-server.ts';
import { sendHttp } from './link/http-sender.ts';
import { outbox } from './link/outbox.ts';
import { terminalPool } from './link/terminal-pool.ts';
import { tokensFrom } from './link/tokens.ts';
import type { Options } from './options.ts';
import { batchBody, type PushRecord, type PushSource, pushSources } from './push/record.ts';
import { random } from './random.ts';
import { documentPaths, speakers } from './speakers.ts';
import { type Station, stationsFrom } from './stations/station.ts';

export type Running = { readonly ended: Promise<void>; stop(): void };
type Print = (text: string) => void;

const sourceZh: Readonly<Record<PushSource, string>> = {
  'police-110': '警情推送',
  'urban-12345': '12345 工单推送',
  'health-capacity': '床位推送',
  'water-level': '水情推送',
  'units-push': '力量位置推送',
  'market-lifts': '电梯事件推送',
  'emergency-shelter': '避难场所推送',
};
/** A process that was asleep catches up at this many ticks a turn. */
const mostTicks = 40;
const summaryMs = 10_000;

/** Runs the city against the real ports until it is stopped or its time is over. */
export async function run(options: Options, print: Print): Promise<Running> {
  const startMs = Date.now();
  const stations = stationsOf(options, print);
  const town = city({ ...options, stations, startMs });
  const rng = random(options.seed, 'links');
  const tokens = tokensFrom(options.tokens, Date.now);
  const feed = await startCapFeed(options.capFeedPort, startMs).catch((error: NodeJS.ErrnoException) => {
    print(`CAP 源开不起来（${error.code ?? error.message}），本次只推送`);
    return null;
  });
  const pool = terminalPool({
    to: options.jt808,
    terminals: town.roster.map((unit) =>
      !unit.link.startsWith('jt808')
        ? null
        : terminal({
            edition: unit.link === 'jt808-2019' ? 2019 : 2013,
            terminal: unit.subject.key,
            plate: unit.plate,
          }),
    ),
    rng,
    now: Date.now,
    told: print,
    alarmConfirmed: (unit) => town.alarmConfirmed(unit),
  });
  const box = { now: Date.now, told: print, rng };
  const pushes = new Map(
    pushSources.map((source) => [
      source,
      outbox<PushRecord>({
        ...box,
        name: sourceZh[source],
        limit: 5_000,
        batch: 200,
        send: (batch) =>
          sendHttp({
            url: options.push,
            contentType: 'application/json',
            token: tokens.of(source),
            body: batchBody(batch),
          }),
      }),
    ]),
  );
  const caps = outbox<string>({
    ...box,
    name: 'CAP 推送',
    limit: 50,
    batch: 1,
    send: ([xml]) =>
      sendHttp({ url: options.cap, contentType: capMediaType, token: tokens.of('meteorology-cap'), body: xml ?? '' }),
  });
  const documents =
    options.documentsPort === null
      ? null
      : await startDocumentServer(options.documentsPort).catch((error: NodeJS.ErrnoException) => {
          print(`轮询源开不起来（${error.code ?? error.message}）`);
          return null;
        });
  const voices = speakers({
    options,
    rng,
    now: Date.now,
    told: print,
    tokens,
    documents,
    roster: town.roster,
    stations,
    push: (source, record) => pushes.get(source)?.put(record),
  });
  const boxes = [...pushes.values(), caps, ...voices.boxes];

  print(
    `城市模拟器：${options.scenario.title}，种子 ${options.seed}，${options.units} 个单位，速度 ×${options.speed}；路网为示意`,
  );
  print(
    `JT/T 808 → ${options.jt808.host}:${options.jt808.port}；推送 → ${options.push.href}；CAP → ${options.cap.href}`,
  );
  if (feed) print(`CAP Atom 源：${feed.url}`);
  print(`${stations.length} 个站点，${options.vessels} 艘船；${linesInWords(options)}`);
  if (documents) print(`供轮询：${Object.values(documentPaths).map(documents.url).join('、')}`);

  function deliver(output: CityOutput): void {
    switch (output.to) {
      case 'terminal':
        pool.report(output.unit, output.location, output.covered);
        break;
      case 'heartbeat':
        pool.heartbeat(output.unit);
        break;
      case 'push':
        pushes.get(output.source)?.put(output.record);
        break;
      case 'cap':
        feed?.publish(output.message);
        caps.put(encodeCap(output.message));
        break;
      case 'station':
        voices.station(output, town.nowMs());
        break;
      case 'panel':
        voices.panel(output, town.nowMs());
        break;
      case 'vessel':
        voices.vessel(output, town.nowMs());
        break;
      case 'closure':
        voices.closure(output, town.nowMs());
        break;
      case 'filed':
        voices.filed(output);
        break;
      case 'silence':
        voices.silence(output.line, Date.now() + (output.forS * 1_000) / Math.max(1, options.speed));
        break;
      case 'fleet':
        voices.fleet(output);
        break;
      case 'console':
        if (!options.quiet) print(output.text);
    }
  }

  let ticks = 0;
  let finish: () => void;
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let stopping = false;

  function turn(): void {
    const target = Math.floor((Date.now() - startMs) / tickMs);
    for (let done = 0; ticks < target && done < mostTicks; done++, ticks++)
      for (const output of town.tick()) deliver(output);
    voices.turn();
    for (const each of boxes) void each.flush();
    const elapsedS = (Date.now() - startMs) / 1_000;
    if ((options.durationS !== null && elapsedS >= options.durationS) || (options.once && town.scriptEnded()))
      void stop();
  }

  function summary(): void {
    const terminals = pool.counts();
    const pushed = boxes.map((each) => each.counts());
    const sum = (key: 'sent' | 'waiting' | 'refused' | 'dropped') =>
      pushed.reduce((total, each) => total + each[key], 0);
    print(
      `终端在线 ${terminals.online}/${terminals.terminals}，发出 ${terminals.frames} 帧、收到 ${terminals.received} 帧，断线 ${terminals.lost} 次；` +
        `推送 ${sum('sent')} 条，待发 ${sum('waiting')}，拒收 ${sum('refused')}，溢出 ${sum('dropped')}`,
    );
    const said = voices.counts();
    const all = (key: 'sent' | 'confirmed' | 'repeated' | 'waiting' | 'dropped') =>
      said.reduce((total, line) => total + line[key], 0);
    print(
      `站点线路在线 ${said.filter(({ online }) => online).length}/${said.length}，发出 ${all('sent')} 报、确认 ${all('confirmed')}，重发 ${all('repeated')}，待发 ${all('waiting')}，溢出 ${all('dropped')}；${voices.camerasInWords()}`,
    );
  }

  const timers = [setInterval(turn, 100), setInterval(() => options.quiet || summary(), summaryMs)];

  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    for (const timer of timers) clearInterval(timer);
    // What was said is brought to the end where the receiver is there; nobody waits for one that is not.
    const until = Date.now() + 3_000;
    while (Date.now() < until && boxes.some((each) => each.counts().waiting > 0 && !each.counts().failing)) {
      await Promise.all(boxes.map((each) => each.flush()));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    summary();
    await pool.close();
    await voices.close();
    await feed?.close();
    await documents?.close();
    print('城市模拟器已停止');
    finish();
  }

  return { ended, stop: () => void stop() };
}

/** A city without its register is one without stations; whoever named a file wants it read. */
function stationsOf({ stationsFile, stations }: Options, print: Print): readonly Station[] {
  try {
    return stationsFrom(stationsFile, stations);
  } catch (error) {
    print(`站点名录读不出来：${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

const linesInWords = ({ lines, mqtt }: Options): string =>
  [
    ...Object.entries(lines).flatMap(([name, to]) => (to ? [`${name} → ${to.host}:${to.port}`] : [])),
    ...(mqtt ? [`MQTT → ${mqtt.host}`] : []),
  ].join('，');
