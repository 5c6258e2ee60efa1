import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a pushing source is told, before it becomes bytes. */
export type PushAnswer = {
  readonly status: number;
  readonly body: unknown;
  /** What is sent instead of `body`, where its headers say what it is. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export const problem = (
  status: number,
  code: string,
  detail: string,
  headers: Record<string, string> = {},
): PushAnswer => ({
  status,
  body: { error: { code, detail } },
  headers,
});

const retryS = '5';
/** The store did not take it: nothing was acknowledged, so the sender keeps it and tries again. */
export const notStored = (): PushAnswer =>
  problem(503, 'not_stored', 'could not be stored; send it again', { 'retry-after': retryS });
export const tooMany = (waitMs: number): PushAnswer =>
  problem(429, 'too_many', 'slow down', { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) });

export const brokenOff = (waitMs: number): PushAnswer =>
  problem(429, 'breaker_open', 'nothing readable came; correct it and try again later', {
    'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))),
  });

export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, text: written, headers }: PushAnswer,
): void {
  const text = written ?? JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(text);
  // A refused body still in flight runs into the void until the request's time is over: cutting the connection would
  // reach the sender as a reset, before the answer that says why.
  if (!request.complete) request.resume();
}
