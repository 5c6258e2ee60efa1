import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = {
  readonly path: string;
  readonly authorization: string | null;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: { readonly type: string; readonly json_schema: { readonly schema: unknown } };
  } & Record<string, unknown>;
};
export type Reply = (response: ServerResponse, received: Received) => void;

export const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
const completion = (message: unknown, end = 'stop') => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'fake',
  choices: [{ index: 0, message, finish_reason: end }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});

/** An answer in words, as chat completions give it. */
export const says =
  (content: unknown, end = 'stop'): Reply =>
  (response) =>
    json(
      response,
      200,
      completion({ role: 'assistant', content: typeof content === 'string' ? content : JSON.stringify(content) }, end),
    );
export const callsTool =
  (name: string, args: unknown): Reply =>
  (response) =>
    json(
      response,
      200,
      completion(
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'call_1', type: 'function', function: { name, arguments: JSON.stringify(args) } }],
        },
        'tool_calls',
      ),
    );

async function read(request: IncomingMessage): Promise<Received> {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part);
  return {
    path: request.url ?? '',
    authorization: request.headers.authorization ?? null,
    body: JSON.parse(Buffer.concat(parts).toString('utf8')),
  };
}

/** A model's server for tests: answers what the test says, and keeps what it was sent. */
export async function openFakeEndpoint() {
  const received: Received[] = [];
  const script = { reply: says({}) };
  const server = createServer((request, response) => {
    void read(request).then((one) => {
      received.push(one);
      script.reply(response, one);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    received,
    script,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
export type FakeEndpoint = Awaited<ReturnType<typeof openFakeEndpoint>>;
