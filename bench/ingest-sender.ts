import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { packets, realTimeGroups, requestNumber, systems } from '@/sim/hj212/message.ts';
import { ids, locationBody } from '@/sim/jt808/body.ts';
import { encodeFrame } from '@/sim/jt808/frame.ts';

/**
 * The departments' side of the ingest bench, in a process of its own: positions as JT/T 808 0x0200 and readings as HJ 212 2011, at a fixed
 * rate, each on a few connections as a gateway has them. It never sends more than the line takes: what the server slows down comes later.
 */
export type SenderOrder = {
  readonly jt808Port: number;
  readonly hj212Port: number;
  readonly positionsPerS: number;
  readonly readingsPerS: number;
  readonly seconds: number;
};
export type SenderReport = {
  readonly positions: number;
  readonly readings: number;
  readonly seconds: number;
  /** Answers of the server: one for each message. */
  readonly positionAnswers: number;
  readonly readingMessages: number;
  readonly readingAnswers: number;
  /** From the last byte sent to the last answer. */
  readonly answeredAfterMs: number;
  /** Sent → answered, of a sample. */
  readonly answerMs: readonly number[];
};

const terminals = 5_000;
/** So many that each speaks less than once a second, the resolution of its times. */
const stations = 3_000;
const connections = 8;
const codes = ['a34004', 'a34002', 'a21026', 'a21004', 'a05024', 'a21005', 'a01001', 'a01002', 'a01006', 'a01007'];
const turnMs = 20;

class Line {
  private waiting: (() => void) | null = null;
  readonly socket: Socket;
  answers = 0;
  private sampled: number | null = null;
  private awaited = 0;
  readonly answerMs: number[] = [];

  constructor(
    port: number,
    private readonly countIn: (chunk: Buffer) => number,
  ) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.setNoDelay(true);
    this.socket.on('data', (chunk) => {
      this.answers += this.countIn(chunk);
      if (this.sampled === null || this.answers / 2 < this.awaited) return;
      this.answerMs.push(performance.now() - this.sampled);
      this.sampled = null;
    });
    this.socket.on('drain', () => this.waiting?.());
    this.socket.on('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    });
  }

  /** `upTo`: how many messages have gone out on this line with these bytes. */
  async send(bytes: Buffer, upTo: number): Promise<void> {
    if (this.sampled === null) {
      this.sampled = performance.now();
      this.awaited = upTo;
    }
    if (this.socket.write(bytes)) return;
    await new Promise<void>((done) => {
      this.waiting = done;
    });
  }
}

const countByte = (byte: number) => (chunk: Buffer) => {
  let count = 0;
  for (const one of chunk) if (one === byte) count += 1;
  return count;
};

const position = (number: number, now: number): Buffer => {
  const terminal = number % terminals;
  const turn = Math.floor(number / terminals);
  return encodeFrame({
    id: ids.location,
    edition: 2019,
    terminal: String(880_000_000_000 + terminal),
    serial: turn & 0xffff,
    body: locationBody({
      at: [118.6 + (terminal % 100) / 250 + turn / 100_000, 31.9 + Math.floor(terminal / 100) / 125],
      gcj02: false,
      fixed: true,
      accOn: true,
      emergency: false,
      altitudeM: 12,
      speedMps: 8,
      headingDeg: (turn * 7) % 360,
      observedAtMs: now,
      mileageM: 1_000,
      fuelL: 30,
      satellites: 11,
    }),
  });
};

const message = (number: number, now: number): Buffer => {
  const station = number % stations;
  const samples = codes.map((code, index) => ({
    code,
    value: 20 + ((number + index) % 10),
    decimals: 1,
    mark: 'N' as const,
  }));
  const head = { st: systems.ambientAir, mn: `BENCH${String(station).padStart(19, '0')}`, password: '123456' };
  return Buffer.concat(
    packets(head, '2011', {
      qn: requestNumber(now + (number % 1_000)),
      dataAtMs: now,
      groups: realTimeGroups(samples),
    }),
  );
};

type Kind = {
  readonly lines: readonly Line[];
  readonly perS: number;
  readonly make: (number: number, now: number) => Buffer;
};

/** Keeps to the rate by the clock, never by the turn: a late turn sends more. */
async function pump(kind: Kind, seconds: number): Promise<number> {
  if (kind.perS <= 0) return 0;
  const started = performance.now();
  const sentOn = kind.lines.map(() => 0);
  let sent = 0;
  while (performance.now() - started < seconds * 1_000) {
    const due = Math.floor(((performance.now() - started) / 1_000) * kind.perS) - sent;
    const now = Date.now();
    const each = kind.lines.map((): Buffer[] => []);
    // At most half a second's worth at once: a line that was full is not flooded afterwards.
    for (let step = 0; step < Math.min(due, kind.perS / 2); step += 1) {
      const line = sent % kind.lines.length;
      each[line]?.push(kind.make(sent, now));
      sentOn[line] = (sentOn[line] ?? 0) + 1;
      sent += 1;
    }
    await Promise.all(
      kind.lines.map((line, index) =>
        each[index]?.length ? line.send(Buffer.concat(each[index]), sentOn[index] ?? 0) : null,
      ),
    );
    await sleep(turnMs);
  }
  return sent;
}

async function run(order: SenderOrder): Promise<SenderReport> {
  // 0x7E stands at both ends of a JT/T 808 frame and nowhere inside; `##` begins an answer of HJ 212.
  const positions = Array.from({ length: connections }, () => new Line(order.jt808Port, countByte(0x7e)));
  const readings = Array.from({ length: connections }, () => new Line(order.hj212Port, countByte(0x23)));
  const started = performance.now();
  const [sent, messages] = await Promise.all([
    pump({ lines: positions, perS: order.positionsPerS, make: position }, order.seconds),
    pump({ lines: readings, perS: order.readingsPerS / codes.length, make: message }, order.seconds),
  ]);
  const seconds = (performance.now() - started) / 1_000;
  const half = (lines: readonly Line[]) => lines.reduce((sum, line) => sum + line.answers, 0) / 2;
  // The last answers are still on their way; who does not answer for five seconds does not answer.
  const ended = performance.now();
  let answeredAt = ended;
  for (let quiet = 0, known = -1; quiet < 50 && (half(positions) < sent || half(readings) < messages); quiet += 1) {
    const heard = half(positions) + half(readings);
    if (heard !== known) {
      quiet = 0;
      answeredAt = performance.now();
    }
    known = heard;
    await sleep(100);
  }
  const report = {
    positions: sent,
    readings: messages * codes.length,
    seconds,
    positionAnswers: half(positions),
    readingMessages: messages,
    readingAnswers: half(readings),
    answeredAfterMs: answeredAt - ended,
    answerMs: [...positions, ...readings].flatMap((line) => line.answerMs),
  };
  for (const line of [...positions, ...readings]) line.socket.destroy();
  return report;
}

process.once('message', (order: SenderOrder) => {
  void run(order).then((report) => {
    process.send?.(report, () => process.exit(0));
  });
});
