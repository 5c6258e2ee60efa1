import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Refusal } from '../refusal.ts';
import type { PushFeed, PushOutcome } from './accept-push.ts';
import {
  type Format,
  filedDocument,
  type GeoReportError,
  geoReportPath,
  readFiling,
  type Service,
  writeDefinition,
  writeErrors,
  writeReceipt,
  writeServices,
} from './georeport.ts';
import type { PushAnswer } from './push-answer.ts';
import { readBody } from './read-body.ts';

export type GeoReportDesk = {
  readonly feeds: readonly PushFeed[];
  readonly now: () => number;
  /** Who this key speaks for; a number: try again after so many milliseconds. */
  readonly signIn: (request: IncomingMessage, key: string) => Promise<PushFeed | null | number>;
  readonly received: (feed: PushFeed, byteCount: number) => void;
  readonly accept: (feed: PushFeed, bytes: Uint8Array) => Promise<PushOutcome | Refusal | 'unstored' | 'busy'>;
};

const bodyBytes = 64 * 1024;
/** Who did not hear the answer files again: the same report within this time has the same number. */
const repeatMs = 10 * 60_000;
const mostReceipts = 10_000;

const media: Readonly<Record<Format, string>> = {
  json: 'application/json; charset=utf-8',
  xml: 'text/xml; charset=utf-8',
};
const said = (format: Format, status: number, text: string, headers: Record<string, string> = {}): PushAnswer => ({
  status,
  body: null,
  text,
  headers: { 'content-type': media[format], ...headers },
});
const wrong = (format: Format, error: GeoReportError, headers: Record<string, string> = {}): PushAnswer =>
  said(format, error.status, writeErrors(format, error), headers);

type Options = { readonly services?: readonly Service[]; readonly jurisdiction?: string };
const optionsOf = (feed: PushFeed | undefined): Options => (feed?.options ?? {}) as Options;

/** A desk where reports are filed after Open311 GeoReport v2; null: the request is not for it. */
export function createGeoReportDesk({ feeds, now, signIn, received, accept }: GeoReportDesk) {
  const sources = feeds.filter(({ protocol }) => protocol.id === 'open311');
  const receipts = new Map<string, { readonly id: string; readonly at: number }>();

  /** The number and time of a report: those that it has already, where it was filed a moment ago. */
  function receiptOf(content: string): { readonly id: string; readonly at: number } {
    const hash = createHash('sha256').update(content).digest('base64url');
    const known = receipts.get(hash);
    if (known && now() - known.at < repeatMs) return known;
    const id = `${new Date(now()).toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(5).toString('hex')}`;
    const receipt = { id, at: now() };
    receipts.delete(hash);
    receipts.set(hash, receipt);
    if (receipts.size > mostReceipts) receipts.delete(receipts.keys().next().value as string);
    return receipt;
  }

  async function file(request: IncomingMessage, format: Format): Promise<PushAnswer | null> {
    const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/x-www-form-urlencoded')
      return wrong(format, { status: 400, description: 'the Content-Type must be application/x-www-form-urlencoded' });
    const body = await readBody(request, { limit: bodyBytes, gzip: false });
    if ('fault' in body) {
      if (body.fault === 'torn') return null;
      return wrong(format, { status: 413, description: `the form is longer than ${bodyBytes} bytes` });
    }
    const form = new URLSearchParams(Buffer.from(body.bytes).toString('utf8'));
    const query = new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
    const bearer = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '')?.[1];
    const key = form.get('api_key') ?? query.get('api_key') ?? bearer ?? '';
    const feed = await signIn(request, key);
    if (typeof feed === 'number') return tooMany(format, feed);
    if (feed?.protocol.id !== 'open311')
      return wrong(format, {
        status: 403,
        description: `the api_key was ${key === '' ? 'not provided' : 'not found'}`,
      });
    received(feed, body.received);
    for (const [name, value] of query) if (!form.has(name)) form.set(name, value);
    const { services = [], jurisdiction = null } = optionsOf(feed);
    const filed = readFiling(form, { services, jurisdiction });
    if ('status' in filed) return wrong(format, filed);
    // Filed again, it is the same record to the letter.
    const { id, at } = receiptOf(
      `${feed.id}\n${JSON.stringify(filed)}\n${form.get('device_id') ?? ''}\n${form.get('account_id') ?? ''}`,
    );
    const outcome = await accept(feed, filedDocument(id, filed, new Date(at).toISOString()));
    if (outcome === 'busy') return tooMany(format, 1_000);
    if (outcome === 'unstored')
      return wrong(format, { status: 503, description: 'could not be stored; file it again' }, { 'retry-after': '5' });
    const taken = 'results' in outcome && outcome.accepted + outcome.duplicate > 0;
    if (taken) return said(format, 200, writeReceipt(format, id));
    const refused = 'results' in outcome ? outcome.results[0] : null;
    const description = refused?.result === 'refused' ? refused.detail : 'the report could not be read';
    return wrong(format, { status: 400, description });
  }

  const tooMany = (format: Format, waitMs: number): PushAnswer =>
    wrong(
      format,
      { status: 429, description: 'slow down' },
      { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) },
    );

  return async (request: IncomingMessage): Promise<PushAnswer | null | 'not_here'> => {
    const path = geoReportPath(request.url ?? '');
    if (!path) return 'not_here';
    const { format } = path;
    const reading = request.method === 'GET' || request.method === 'HEAD';
    const { services = [] } = optionsOf(sources[0]);
    if (sources.length === 0) return wrong(format, { status: 404, description: 'no reports are taken here' });
    if (path.kind === 'services' && reading) return said(format, 200, writeServices(format, services));
    if (path.kind === 'service' && reading)
      return services.some(({ code }) => code === path.code)
        ? said(format, 200, writeDefinition(format, path.code))
        : wrong(format, { status: 404, description: 'service_code was not found' });
    if (path.kind === 'requests' && request.method === 'POST') return file(request, format);
    if (path.kind === 'requests' && reading)
      return wrong(format, { status: 404, description: 'reports are filed here; they are not given out' });
    if (path.kind === 'nothing')
      return wrong(format, { status: 404, description: 'there is services and requests, in .xml and .json' });
    return wrong(
      format,
      { status: 405, description: `${request.method ?? ''} is not possible here` },
      { allow: path.kind === 'requests' ? 'POST' : 'GET' },
    );
  };
}
