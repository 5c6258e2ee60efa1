import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { io } from 'socket.io-client';
import { createScatter } from '@/components/live/scatter.ts';
import { createCellGrid, nanjingGrid } from '@/server/wire/cell-grid.ts';
import { decodeFrames } from '@/server/wire/frame.ts';
import { parser } from '@/server/wire/packet.ts';

/**
 * The screens of the live bench, in a process of their own. Most only take bytes off the line; one decodes everything like a browser and
 * notes when each unit's newest state arrived (its heading byte counts the updates).
 */
export type SinkOrder =
  | {
      readonly do: 'open';
      readonly port: number;
      readonly views: readonly (readonly number[])[];
      readonly decode: boolean;
    }
  | { readonly do: 'report' }
  | { readonly do: 'close' };
export type SinkReport = {
  readonly bytes: number;
  readonly decodeMs: number;
  readonly messages: number;
  /** slot, heading byte, epoch ms: flat. */
  readonly arrivals: readonly number[];
};

const closers: (() => void)[] = [];
let bytes = 0;
let decodeMs = 0;
let messages = 0;
let arrivals: number[] = [];

/** RFC 6455 §5.2, masked with zeroes as a client has to. */
function clientFrame(text: string): Buffer {
  const body = Buffer.from(text);
  const long = body.length > 125;
  const head = long ? [0x81, 0xfe, body.length >> 8, body.length & 255] : [0x81, 0x80 | body.length];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), body]);
}

const viewOf = (cells: readonly number[]): string =>
  JSON.stringify({ mode: cells.length ? 'cells' : 'city', cells, watch: [] });

function openSink(port: number, cells: readonly number[]): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        [
          'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
          `Host: 127.0.0.1:${port}`,
          `Origin: http://127.0.0.1:${port}`,
          'Cookie: session=bench',
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          'Sec-WebSocket-Key: b25lLW5ldHdvcmstYmVuYw==',
          '\r\n',
        ].join('\r\n'),
      );
    });
    // Each step waits for its answer: a packet before its time ends the connection.
    let heard = '';
    let step: 'upgrade' | 'join' | 'watch' = 'upgrade';
    socket.on('data', (chunk) => {
      bytes += chunk.length;
      if (step === 'watch') return;
      heard += chunk.toString('latin1');
      if (step === 'upgrade' && heard.startsWith('HTTP/1.1 4')) throw new Error(heard.split('\r\n')[0]);
      if (step === 'upgrade' && heard.includes('\r\n\r\n')) {
        step = 'join';
        socket.write(clientFrame('40'));
      }
      if (heard.includes('40{"sid"')) socket.write(clientFrame(`42["viewport",${viewOf(cells)}]`));
      else if (!heard.startsWith('hello')) return;
      step = 'watch';
      resolve();
    });
    socket.on('error', () => undefined);
    closers.push(() => socket.destroy());
  });
}

function openDecoder(port: number): Promise<void> {
  const scatter = createScatter(createCellGrid(nanjingGrid));
  const seen = new Int16Array(65_536).fill(-1);
  const client = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    parser,
    extraHeaders: { origin: `http://127.0.0.1:${port}`, cookie: 'session=bench' },
  });
  client.on('telemetry', (message: ArrayBuffer) => {
    const from = process.cpuUsage();
    scatter.take(message);
    const used = process.cpuUsage(from);
    decodeMs += (used.user + used.system) / 1_000;
    messages++;
    const now = performance.timeOrigin + performance.now();
    const frames = decodeFrames(message);
    if ('fault' in frames) throw new Error(frames.fault);
    for (const frame of frames)
      if (frame.type === 'cell')
        frame.slots.forEach((slot, k) => {
          const heading = frame.heading[k] as number;
          if (seen[slot] === heading) return;
          seen[slot] = heading;
          arrivals.push(slot, heading, now);
        });
  });
  closers.push(() => client.disconnect());
  return new Promise((resolve) => {
    client.on('connect', () => {
      client.emit('viewport', { mode: 'city', cells: [], watch: [] });
      resolve();
    });
  });
}

process.on('message', async (order: SinkOrder) => {
  if (order.do === 'open') {
    await Promise.all(order.views.map((cells) => openSink(order.port, cells)));
    if (order.decode) await openDecoder(order.port);
    process.send?.('open');
  } else if (order.do === 'report') {
    process.send?.({ bytes, decodeMs, messages, arrivals } satisfies SinkReport);
    bytes = 0;
    decodeMs = 0;
    messages = 0;
    arrivals = [];
  } else {
    for (const close of closers.splice(0)) close();
    process.send?.('closed');
  }
});
