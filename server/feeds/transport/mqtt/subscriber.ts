import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { PushFeed } from '../accept-push.ts';
import { createFeedStatus } from '../feed-status.ts';
import { isUseless } from '../judge-outcome.ts';
import { nextPollMs } from '../next-poll.ts';
import type { FeedPort, Origin } from '../port.ts';
import { memoryLedger, type PushLedger } from '../push-ledger.ts';
import { createSourceBreaker } from '../source-breaker.ts';
import { createTurns, type Turns } from '../turns.ts';
import { createMessageLanes } from './message-lanes.ts';

export type MqttSubscriberSettings = {
  readonly feed: PushFeed;
  /** mqtt or mqtts; name and password of the account there are in it, and never shown. */
  readonly url: string;
  readonly topics: readonly string[];
  /** The same at every start, so that the broker keeps what came while we were away. */
  readonly clientId: string;
  readonly port: FeedPort;
  readonly ledger?: PushLedger;
  readonly turns?: Turns;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly mostBytes?: number;
  readonly retryMs?: { readonly first: number; readonly connectTimeout: number };
};
export type MqttSubscriber = { readonly ready: Promise<unknown>; connected(): boolean; close(): Promise<void> };

const keepAliveS = 30;
const sessionS = 86_400;
const wrongVersion = new Set([1, 0x84]);

/**
 * Listens to a broker that is not ours. Speaks MQTT 5, or 3.1.1 where the broker knows no better; subscribes anew at every connection;
 * acknowledges what is stored, and waits with the rest while the store is away, so that the broker keeps it.
 */
export function openMqttSubscriber(settings: MqttSubscriberSettings): MqttSubscriber {
  const { feed, port, now = Date.now, random = Math.random } = settings;
  const mostBytes = settings.mostBytes ?? feed.protocol.maxFrameBytes;
  const retry = settings.retryMs ?? { first: 1_000, connectTimeout: 15_000 };
  const status = createFeedStatus(port, feed.id, now);
  const accept = createMessageLanes({
    port,
    ledger: settings.ledger ?? memoryLedger(),
    turns: settings.turns ?? createTurns(),
    hadTurnBytes: -1,
  });
  const breaker = createSourceBreaker();
  const host = URL.canParse(settings.url) ? new URL(settings.url).host : '';
  let version: 4 | 5 = 5;
  let failures = 0;
  let client: MqttClient | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let connection = 0;
  let up = false;
  let wake: (() => void) | null = null;

  const ready = new Promise<void>((done) => open(done));

  function open(settled: () => void = () => undefined): void {
    if (stopped) return;
    status.tell('starting', 'connecting', { host });
    const options: IClientOptions = {
      protocolVersion: version,
      clientId: settings.clientId,
      clean: false,
      keepalive: keepAliveS,
      reconnectPeriod: 0,
      connectTimeout: retry.connectTimeout,
      resubscribe: false,
      ...(version === 5
        ? { properties: { sessionExpiryInterval: sessionS, receiveMaximum: 64, maximumPacketSize: mostBytes + 65_536 } }
        : {}),
    };
    let opened: MqttClient;
    try {
      opened = connect(settings.url, options);
    } catch (error) {
      status.tell('down', 'cannot_connect', {
        host,
        detail: String(error instanceof Error ? error.message : error).slice(0, 200),
      });
      settled();
      return;
    }
    client = opened;
    connection++;
    let why = 'closed';
    let downgraded = false;
    opened.handleMessage = (packet, done) => {
      void take(packet.topic, packet.payload as Buffer).then(() => done());
    };
    opened.on('error', (error) => {
      const code = 'code' in error && typeof error.code === 'number' ? error.code : null;
      downgraded = version === 5 && code !== null && wrongVersion.has(code);
      why = error.message;
    });
    opened.on('connect', () => void subscribe(opened, (fault) => (why = fault)).then(settled));
    opened.on('close', () => {
      if (client !== opened) return;
      client = null;
      up = false;
      wake?.();
      opened.removeAllListeners('message');
      opened.end(true);
      settled();
      if (stopped) return;
      if (downgraded) {
        version = 4;
        open();
        return;
      }
      status.tell('down', 'cannot_connect', { host, detail: why.slice(0, 200) });
      failures++;
      const pause = nextPollMs({
        intervalMs: retry.first,
        failures: failures - 1,
        retryAfterMs: null,
        random: random(),
      });
      timer = setTimeout(open, pause).unref();
    });
  }

  async function subscribe(opened: MqttClient, failed: (fault: string) => void): Promise<void> {
    try {
      const granted = await opened.subscribeAsync([...settings.topics], { qos: 1 });
      const refused = granted.filter(({ qos }) => qos >= 128).map(({ topic }) => topic);
      if (refused.length > 0) throw new Error(refused.join(', '));
      failures = 0;
      up = true;
      status.tell('up', 'subscribed', { host, version: version === 5 ? '5' : '3.1.1', topics: settings.topics.length });
    } catch (error) {
      failed(`subscription refused: ${error instanceof Error ? error.message : String(error)}`);
      opened.end(true);
    }
  }

  /** Until it is stored, or the broker is gone and keeps it for the next time. */
  async function take(topic: string, payload: Uint8Array): Promise<void> {
    const held = connection;
    const origin: Origin = {
      receivedAt: now(),
      source: `${host} ${topic}`.slice(0, 300),
      connection: `${feed.id}#${held}`,
    };
    port.received(feed.id, payload.length, origin);
    // Who said nothing readable is passed over for a while; the page says until when.
    if (breaker.waitMs(topic, now()) > 0) {
      port.noise(feed.id, payload.length, origin);
      return;
    }
    for (let tries = 0; !stopped && held === connection; tries++) {
      const outcome = await accept(feed, payload, origin);
      if (outcome !== 'unstored') {
        if (tries > 0)
          status.tell('up', 'subscribed', {
            host,
            version: version === 5 ? '5' : '3.1.1',
            topics: settings.topics.length,
          });
        judge(topic, !isUseless(outcome));
        return;
      }
      status.tell('degraded', 'not_stored');
      await pause(Math.min(30_000, retry.first * 2 ** Math.min(tries, 10)));
    }
    // Not acknowledged: the connection is over.
    await new Promise(() => undefined);
  }

  function judge(topic: string, good: boolean): void {
    if (good) {
      breaker.good(topic);
      status.closed(topic);
      return;
    }
    const opening = breaker.bad(topic, now());
    if (opening) status.opened(topic, opening);
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const waiting = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(waiting);
        resolve();
      };
    });

  return {
    ready,
    connected: () => up,
    async close() {
      stopped = true;
      if (timer) clearTimeout(timer);
      wake?.();
      const closing = client;
      client = null;
      if (closing) await closing.endAsync(true).catch(() => undefined);
      status.tell('stopped', 'stopped');
    },
  };
}
