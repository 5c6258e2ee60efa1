import type { IncomingMessage, ServerResponse } from 'node:http';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { isShown, largestFileBytes } from '@/server/domain/file-kind.ts';
import { fileId } from '@/server/domain/follow-up.ts';
import { incidentId } from '@/server/domain/ids.ts';
import { may } from '@/server/domain/policy.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import { addFile } from '@/server/ops/add-file.ts';
import type { OpDeps } from '@/server/ops/op.ts';
import { faultOf } from '@/server/store/faults.ts';
import { commandId } from './command-input.ts';
import type { Door } from './context.ts';
import { refuse } from './refusal.ts';
import { comesFromOurPages } from './request.ts';

export const filesPath = '/files/';
/** Each holds its bytes in memory until they are written. */
const mostAtOnce = 8;

type Sent = { readonly incident: string; readonly file: string; readonly query: URLSearchParams };

/** `/files/<incident>/<file>`; null: no such address. */
function addressIn(url: string): Sent | null {
  const [path = '', query = ''] = url.split('?', 2);
  const parts = path.slice(filesPath.length).split('/');
  try {
    const [incident = '', file = ''] = parts.map(decodeURIComponent);
    const known = parts.length === 2 && incidentId.safeParse(incident).success && fileId.safeParse(file).success;
    return known ? { incident, file, query: new URLSearchParams(query) } : null;
  } catch {
    return null; // a broken percent sign
  }
}

/** The whole body, or null once it is longer than a file may be. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > largestFileBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}

const nameIn = (request: IncomingMessage): string => {
  try {
    return decodeURIComponent(String(request.headers['x-file-name'] ?? ''));
  } catch {
    return '';
  }
};

/** RFC 6266 with the name as RFC 8187 writes it; letters outside ASCII are underlined for old readers. */
export const dispositionOf = (name: string, shown: boolean): string => {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const full = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${shown ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${full}`;
};

function answer(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}

/** Sent before the body was read to its end: the rest of it is not waited for. */
function refuseWith(response: ServerResponse, refusal: Refused, cut = false): void {
  if (cut) response.setHeader('connection', 'close');
  answer(response, getHTTPStatusCodeFromError(refuse(refusal)), { refusal });
}

/** Files of incidents' rooms, in and out. Whoever sees the incident reads them, and no wall does; the database says so once more. */
export function createFiles(
  deps: Pick<OpDeps, 'store' | 'newId'>,
  door: Pick<Door, 'access' | 'trustProxy' | 'onFault'>,
): (request: IncomingMessage, response: ServerResponse) => void {
  let running = 0;

  async function take(request: IncomingMessage, response: ServerResponse, actor: Actor, sent: Sent): Promise<void> {
    if (!comesFromOurPages(request, door.trustProxy))
      return refuseWith(response, refused('not_allowed', 'not sent by a page of this site'), true);
    if (!may(actor, 'incident.move')) return refuseWith(response, refused('not_allowed', 'incident.move'), true);
    const id = commandId.safeParse({ commandId: request.headers['x-command-id'] });
    if (!id.success) return refuseWith(response, refused('bad_input', 'x-command-id'), true);
    if (Number(request.headers['content-length'] ?? 0) > largestFileBytes)
      return refuseWith(response, refused('too_large'), true);
    if (running >= mostAtOnce) return refuseWith(response, refused('not_saved', 'too many at once'), true);
    running += 1;
    try {
      const bytes = await bodyOf(request);
      if (!bytes) return refuseWith(response, refused('too_large'), true);
      const { incident, file } = sent as Sent & { incident: never; file: never };
      const input = { incident, file, name: nameIn(request), bytes };
      const saved = await addFile(deps, { id: id.data.commandId, actor, input });
      if (wasRefused(saved)) refuseWith(response, saved);
      else answer(response, 200, saved);
    } finally {
      running -= 1;
    }
  }

  async function give(request: IncomingMessage, response: ServerResponse, actor: Actor, sent: Sent): Promise<void> {
    if (!may(actor, 'incident.read')) return refuseWith(response, refused('not_allowed', 'incident.read'));
    const found = await deps.store.read(actor, async (tx) => {
      const of = (await tx.find('incident', sent.incident))?.state.files.find((one) => one.id === sent.file);
      if (!of) return null;
      const held = request.headers['if-none-match'] === `"${of.sha256}"`;
      const [row] = await tx.query<{ bytes: Buffer | null }>(
        'select case when $3 then null else bytes end as bytes from room_file where id = $1 and incident_id = $2',
        [sent.file, sent.incident, held],
      );
      return row ? { of, bytes: row.bytes } : null;
    });
    if (!found) return refuseWith(response, refused('not_found', sent.file));
    const { of, bytes } = found;
    const shown = isShown(of.mime) && sent.query.has('show');
    response.writeHead(bytes ? 200 : 304, {
      etag: `"${of.sha256}"`,
      // Asked again each time: whoever may not see the incident any more gets nothing, even from the browser's own store.
      'cache-control': 'private, no-cache',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
      'content-disposition': dispositionOf(of.name, shown),
      'content-type': of.mime,
      ...(bytes ? { 'content-length': String(bytes.length) } : {}),
    });
    response.end(request.method === 'HEAD' || !bytes ? undefined : bytes);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = addressIn(request.url ?? '');
    if (!sent) return refuseWith(response, refused('not_found'), true);
    const session = await door.access.authenticate(request.headers.cookie);
    if (!session) return refuseWith(response, refused('signed_out'), true);
    if (request.method === 'POST') return take(request, response, session.actor, sent);
    return give(request, response, session.actor, sent);
  }

  return (request, response) => {
    serve(request, response).catch((error: unknown) => {
      // Who hung up in the middle wants no answer.
      if (request.destroyed && !request.complete) return response.destroy();
      door.onFault(error, filesPath);
      const lost = ['gone', 'cannot-store'].includes(faultOf(error));
      if (response.headersSent) response.destroy();
      else refuseWith(response, refused(lost ? 'not_saved' : 'internal'), true);
    });
  };
}
