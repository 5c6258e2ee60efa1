import { createLiveEngine } from './live-engine.ts';
import type { ToEngine } from './protocol.ts';

const scope = globalThis as unknown as {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToEngine>) => void): void;
};

const engine = createLiveEngine((message, transfer) => scope.postMessage(message, transfer));
scope.addEventListener('message', (event) => engine(event.data));
