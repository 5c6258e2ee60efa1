import { createSocket, type Socket } from 'node:dgram';

export type LineSettings = {
  readonly to: { readonly host: string; readonly port: number };
  /** What came; what it returns is sent. */
  readonly heard: (bytes: Buffer) => readonly Buffer[];
  /** T1 of RFC 3261 §17.1.2.1; doubled at every repetition. */
  readonly firstMs?: number;
  readonly longestMs?: number;
};

export type UdpLine = {
  readonly own: string;
  send(messages: readonly Buffer[]): void;
  /** Requests that nobody has answered yet. */
  waiting(): number;
  close(): Promise<void>;
};

const idOf = (bytes: Buffer): string | null => {
  const text = bytes.subarray(0, 4_096).toString('latin1');
  const [call, sequence] = [/^Call-ID:\s*(\S+)/im.exec(text)?.[1], /^CSeq:\s*(\d+ \w+)/im.exec(text)?.[1]];
  return call && sequence ? `${call}/${sequence}` : null;
};
const isResponse = (bytes: Buffer) => bytes.subarray(0, 8).toString('latin1') === 'SIP/2.0 ';

/** One socket of a device. A request that is not answered is sent again, as SIP over UDP asks; after 32 × T1 it is given up. */
export async function openUdpLine({ to, heard, firstMs = 500, longestMs = 4_000 }: LineSettings): Promise<UdpLine> {
  const socket: Socket = createSocket(to.host.includes(':') ? 'udp6' : 'udp4');
  const pending = new Map<string, NodeJS.Timeout>();
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(to.port, to.host, resolve);
  });
  /** A server that is away is no reason to end; the request is repeated or given up. */
  socket.on('error', () => undefined);
  const at = socket.address();

  function repeat(id: string, message: Buffer, pauseMs: number, leftMs: number): void {
    const timer = setTimeout(() => {
      pending.delete(id);
      if (leftMs <= 0) return;
      socket.send(message, () => undefined);
      repeat(id, message, Math.min(pauseMs * 2, longestMs), leftMs - pauseMs);
    }, pauseMs);
    pending.set(id, timer);
  }

  function send(messages: readonly Buffer[]): void {
    for (const message of messages) {
      socket.send(message, () => undefined);
      const id = idOf(message);
      if (id !== null && !isResponse(message)) repeat(id, message, firstMs, firstMs * 32);
    }
  }

  socket.on('message', (bytes) => {
    const id = idOf(bytes);
    if (id !== null && isResponse(bytes)) {
      clearTimeout(pending.get(id));
      pending.delete(id);
    }
    send(heard(bytes));
  });

  return {
    own: `${at.address}:${at.port}`,
    send,
    waiting: () => pending.size,
    close: () => {
      for (const timer of pending.values()) clearTimeout(timer);
      return new Promise((resolve) => socket.close(() => resolve()));
    },
  };
}
