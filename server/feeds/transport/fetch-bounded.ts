import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Secret } from '../secret.ts';
import { readBody } from './read-body.ts';

export type Validators = { readonly etag: string | null; readonly lastModified: string | null };
export type Fetched =
  | {
      readonly kind: 'document';
      readonly url: string;
      readonly bytes: Uint8Array;
      readonly received: number;
      readonly validators: Validators;
      /** The Link header, where there is one. */
      readonly linkHeader: string | null;
    }
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly facts: Readonly<Record<string, string | number>>;
      readonly retryAfterMs: number | null;
    };

export type FetchRules = {
  readonly timeoutMs: number;
  readonly limitBytes: number;
  /** Hosts (`name` or `name:port`) that may be asked beside the one of the configured address. */
  readonly allowHosts: readonly string[];
  /** Keys among them: they go to `origin` and nowhere else, whatever leads away from it. */
  readonly headers?: { readonly origin: string; readonly values: ReadonlyMap<string, Secret> };
};

const mostRedirects = 3;
const longestWaitMs = 3_600_000;
const failed = (
  code: string,
  facts: Record<string, string | number> = {},
  retryAfterMs: number | null = null,
): Fetched => ({
  kind: 'failed',
  code,
  facts,
  retryAfterMs,
});

/**
 * Whether an address found in a document or a redirect may be asked. A feed must not be able to send this server to addresses
 * inside our own network, so only the origin that was configured, the same host over TLS, and listed hosts count.
 */
export function mayAsk(url: URL, configured: URL, allowHosts: readonly string[]): boolean {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
  if (url.username !== '' || url.password !== '') return false;
  if (url.origin === configured.origin) return true;
  if (url.protocol === 'https:' && url.hostname === configured.hostname && url.port === '') return true;
  return allowHosts.includes(url.host) || (url.port === '' && allowHosts.includes(url.hostname));
}

type Asked = { message: IncomingMessage } | { error: NodeJS.ErrnoException };

const ask = (url: URL, headers: Record<string, string>, signal: AbortSignal) =>
  new Promise<Asked>((resolve) => {
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const asking = request(url, { headers, signal, agent: false, maxHeaderSize: 16_384 });
    asking.on('response', (message) => resolve({ message }));
    asking.on('error', (error) => resolve({ error }));
    asking.end();
  });

/** One GET with bounds on time, size and where it may lead; every outcome is a value. */
export async function fetchBounded(address: URL, validators: Validators, rules: FetchRules): Promise<Fetched> {
  const signal = AbortSignal.timeout(rules.timeoutMs);
  let url = address;
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const headers: Record<string, string> = {
      accept:
        'application/cap+xml, application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1',
      'accept-encoding': 'gzip',
      'user-agent': 'one-network',
    };
    if (url.origin === rules.headers?.origin)
      for (const [name, value] of rules.headers.values) headers[name.toLowerCase()] = value.reveal();
    if (validators.etag) headers['if-none-match'] = validators.etag;
    if (validators.lastModified) headers['if-modified-since'] = validators.lastModified;
    const asked = await ask(url, headers, signal);
    if ('error' in asked)
      return failed(signal.aborted ? 'timeout' : 'unreachable', { detail: asked.error.code ?? asked.error.message });
    const { message } = asked;
    const status = message.statusCode ?? 0;
    if (status >= 301 && status <= 308 && status !== 304 && message.headers.location) {
      message.destroy();
      const target = URL.canParse(message.headers.location, url) ? new URL(message.headers.location, url) : null;
      if (!target || !mayAsk(target, address, rules.allowHosts))
        return failed('redirect_refused', { to: (target?.host ?? message.headers.location).slice(0, 200) });
      url = target;
      continue;
    }
    if (status === 304) {
      message.destroy();
      return { kind: 'unchanged' };
    }
    if (status !== 200) {
      message.destroy();
      return failed('http_status', { status }, retryAfter(message));
    }
    return document(message, url, signal, rules);
  }
  return failed('redirect_refused', { redirects: mostRedirects });
}

async function document(message: IncomingMessage, url: URL, signal: AbortSignal, rules: FetchRules): Promise<Fetched> {
  const coding = (message.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (coding !== 'identity' && coding !== 'gzip') {
    message.destroy();
    return failed('content_encoding', { coding: coding.slice(0, 40) });
  }
  const body = await readBody(message, { limit: rules.limitBytes, gzip: coding === 'gzip' });
  if ('fault' in body) {
    message.destroy();
    if (signal.aborted) return failed('timeout');
    return failed(body.fault === 'too_large' ? 'too_large' : 'torn', { bytes: body.received });
  }
  const { etag, link, 'last-modified': lastModified } = message.headers;
  return {
    kind: 'document',
    url: url.href,
    bytes: body.bytes,
    received: body.received,
    validators: { etag: etag ?? null, lastModified: lastModified ?? null },
    linkHeader: (Array.isArray(link) ? link.join(', ') : link) ?? null,
  };
}

function retryAfter(message: IncomingMessage): number | null {
  const seconds = Number(message.headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(longestWaitMs, seconds * 1000) : null;
}
