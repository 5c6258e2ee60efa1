import type { EngineEvent } from './engine-map.ts';

/** The engine puts its token into messages: it must reach no log and no screen. */
export const scrubbed = (reason: string): string =>
  reason.replace(/([?&]access_token=)[^&\s"']+/g, '$1…').replace(/\b[ps]k\.[\w.-]+/g, '…');

/** Refused by the service, or nothing to draw: the other engine must take over. */
export function faultOf({ error }: Pick<EngineEvent, 'error'>, started: boolean): { fatal: boolean; reason: string } {
  const { status, message } = (error ?? {}) as { status?: unknown; message?: unknown };
  const reason = scrubbed(String(message ?? error));
  const refused = status === 401 || status === 403 || /access token|unauthorized|forbidden/i.test(reason);
  return { fatal: refused || !started, reason };
}
