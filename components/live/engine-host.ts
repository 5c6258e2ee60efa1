import type { FromEngine, ToEngine } from './protocol.ts';

/** Where the engine runs. */
export type EngineHost = { command(command: ToEngine, transfer?: Transferable[]): void; close(): void };
export type StartHost = (hear: (message: FromEngine) => void) => EngineHost;

/** In the page itself: where workers are missing or blocked. The engine's code is fetched only then. */
const inPage: StartHost = (hear) => {
  const waiting: ToEngine[] = [];
  let engine: ((command: ToEngine) => void) | null = null;
  let closed = false;
  void import('./live-engine.ts').then(({ createLiveEngine }) => {
    if (closed) return;
    engine = createLiveEngine((message) => hear(message));
    for (const command of waiting) engine(command);
  });
  return {
    command(command) {
      if (engine) engine(command);
      else waiting.push(command);
    },
    close() {
      engine?.({ do: 'stop' });
      closed = true;
    },
  };
};

/** A worker of this window; falls back to the page if it cannot start, with everything that was asked of it so far. */
export const startHost: StartHost = (hear) => {
  if (typeof Worker === 'undefined') return inPage(hear);
  let worker: Worker | null = null;
  let fallback: EngineHost | null = null;
  let heard = false;
  const asked: ToEngine[] = [];

  function fallBack(): void {
    if (heard || fallback) return;
    worker?.terminate();
    fallback = inPage(hear);
    for (const command of asked) fallback.command(command);
  }

  try {
    worker = new Worker(new URL('./live.worker.ts', import.meta.url), { type: 'module', name: 'live' });
    worker.addEventListener('error', fallBack);
    worker.addEventListener('message', (event: MessageEvent<FromEngine>) => {
      heard = true;
      asked.length = 0;
      hear(event.data);
    });
  } catch {
    // A content policy or an old browser forbids it: the page does it.
    fallBack();
  }
  return {
    command(command, transfer = []) {
      if (fallback) fallback.command(command);
      else {
        if (!heard) asked.push(command);
        worker?.postMessage(command, transfer);
      }
    },
    close() {
      worker?.terminate();
      fallback?.close();
    },
  };
};
