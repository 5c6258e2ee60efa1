import type { Verdict } from './outbox.ts';

export type HttpRequest = {
  readonly url: URL;
  readonly contentType: string;
  readonly token: string | null;
  readonly body: string;
};

const tokenPauseMs = 10_000;

/** One POST to the platform, and what its answer means for the sender. Never throws. */
export async function sendHttp({ url, contentType, token, body }: HttpRequest): Promise<Verdict> {
  if (token === null) return { verdict: 'later', reason: '还没有令牌', afterMs: 3_000 };
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': contentType, authorization: `Bearer ${token}` },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(15_000),
    });
    return judge(response.status, await response.text(), Number(response.headers.get('retry-after') ?? 0) * 1_000);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.name) : String(cause);
    return { verdict: 'later', reason: `连接不上：${code}`, afterMs: 0 };
  }
}

type Answer = {
  error?: { code?: unknown; detail?: unknown };
  refused?: unknown;
  results?: { result?: unknown; reason?: unknown; detail?: unknown }[];
};

function parse(text: string): Answer {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Answer) : {};
  } catch {
    // The status says enough where the body is not JSON.
    return {};
  }
}

export function judge(status: number, text: string, retryAfterMs: number): Verdict {
  const answer = parse(text);
  const afterMs = Number.isFinite(retryAfterMs) ? Math.max(0, retryAfterMs) : 0;
  const firstRefused = Array.isArray(answer.results)
    ? answer.results.find((each) => each.result === 'refused')
    : undefined;
  const why = firstRefused
    ? `${String(firstRefused.reason)} ${String(firstRefused.detail ?? '')}`.trim()
    : `HTTP ${status} ${String(answer.error?.code ?? '')} ${String(answer.error?.detail ?? '')}`.trim();
  if (status >= 200 && status < 300) {
    const refused = typeof answer.refused === 'number' ? answer.refused : 0;
    return { verdict: 'taken', refused, reason: refused > 0 ? why : null };
  }
  // A token may be written anew by a server that starts again; the file is read again before the next try.
  if (status === 401 || status === 403)
    return { verdict: 'later', reason: `令牌不被接受（${status}）`, afterMs: Math.max(tokenPauseMs, afterMs) };
  if (status === 404 || status === 408 || status === 429 || status >= 500)
    return { verdict: 'later', reason: why, afterMs };
  return { verdict: 'refused', reason: why };
}
