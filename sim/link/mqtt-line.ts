import { connectAsync, type MqttClient } from 'mqtt';
import type { Random } from '../random.ts';
import { type Outbox, outbox, type Verdict } from './outbox.ts';

export type Publication = { readonly topic: string; readonly payload: string };
export type MqttLineOptions = {
  readonly url: URL;
  readonly clientId: string;
  /** Null while nobody has given one. */
  readonly token: () => string | null;
  readonly now: () => number;
  readonly told: (text: string) => void;
  readonly rng: Random;
};
export type MqttLine = {
  readonly box: Outbox<Publication>;
  silence(untilMs: number): void;
  close(): Promise<void>;
};

const answerWithinMs = 15_000;

/** A gateway of sensors: MQTT 5, quality of service 1, so that a message counts as said when the broker has acknowledged it. */
export function mqttLine({ url, clientId, token, now, told, rng }: MqttLineOptions): MqttLine {
  let client: MqttClient | null = null;
  let silentUntil = 0;

  async function drop(): Promise<void> {
    const gone = client;
    client = null;
    await gone?.endAsync(true);
  }

  async function signedOn(password: string): Promise<MqttClient> {
    if (client?.connected) return client;
    await drop();
    // The box has the pauses; two clocks of reconnection would only get into one another's way.
    client = await connectAsync(url.href, {
      protocolVersion: 5,
      clientId,
      username: 'city-sim',
      password,
      reconnectPeriod: 0,
      connectTimeout: answerWithinMs,
    });
    // How a connection ended is seen by what the next batch meets.
    client.on('error', () => undefined);
    return client;
  }

  async function send(batch: readonly Publication[]): Promise<Verdict> {
    if (now() < silentUntil) return { verdict: 'later', reason: '失联', afterMs: silentUntil - now() };
    const password = token();
    if (password === null) return { verdict: 'later', reason: '还没有令牌', afterMs: 3_000 };
    try {
      const open = await signedOn(password);
      const tooLong = new Promise<never>((_, reject) => {
        setTimeout(() => reject(new Error('没有应答')), answerWithinMs).unref();
      });
      await Promise.race([
        Promise.all(batch.map(({ topic, payload }) => open.publishAsync(topic, payload, { qos: 1 }))),
        tooLong,
      ]);
      return { verdict: 'taken', refused: 0, reason: null };
    } catch (error) {
      const code = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
      await drop();
      return { verdict: 'later', reason: String(code), afterMs: 0 };
    }
  }

  return {
    box: outbox<Publication>({ name: 'MQTT', limit: 5_000, batch: 50, send, told, now, rng }),
    silence(untilMs) {
      silentUntil = untilMs;
      void drop();
    },
    close: drop,
  };
}
