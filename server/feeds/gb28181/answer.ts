import { createHash } from 'node:crypto';
import type { Reply } from '../contract.ts';
import type { Refusal } from '../refusal.ts';
import { beijingDigits } from '../source-clock.ts';
import { askFor } from './ask.ts';
import { latin1 } from './frame.ts';
import type { Gb28181Message, Standing } from './message.ts';
import { headerOf, headersOf, readLooseHead, type SipHead } from './sip-head.ts';

const allowed = 'REGISTER, MESSAGE, NOTIFY, OPTIONS';
const busyS = 30;

export const bytesOf = (lines: readonly string[]): Uint8Array =>
  Uint8Array.from(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'));

/** Where a response goes, for whoever stands behind a translation of addresses (RFC 3261 §18.2.1, RFC 3581 §4). */
function via(top: string, peer: string | undefined): string {
  const at = /^\[?(.+?)\]?:(\d+)$/.exec(peer ?? '');
  if (!at) return top;
  const [, host = '', port = ''] = at;
  const named = /;\s*rport\b(?:\s*=\s*[^;,\s]*)?/i;
  const [first = '', ...others] = top.split(',');
  const plain = first.replace(/;\s*received\s*=\s*[^;,\s]*/gi, '');
  const known = named.test(plain) ? plain.replace(named, `;rport=${port}`) : plain;
  return [`${known};received=${host}`, ...others].join(',');
}

/** The same for a request that is sent again, as RFC 3261 §8.2.6.2 asks of a server that remembers nothing. */
const tagFor = (head: SipHead): string =>
  createHash('sha256')
    .update(['call-id', 'from', 'cseq'].map((name) => headerOf(head, name)).join('\n'))
    .digest('hex')
    .slice(0, 12);

function respond(
  head: SipHead,
  status: string,
  { peer, more = [] }: { peer: string | undefined; more?: readonly string[] },
) {
  const [top = '', ...others] = headersOf(head, 'via');
  const to = headerOf(head, 'to') ?? '';
  return bytesOf([
    `SIP/2.0 ${status}`,
    ...[via(top, peer), ...others].map((value) => `Via: ${value}`),
    `From: ${headerOf(head, 'from') ?? ''}`,
    `To: ${/;\s*tag\s*=/i.test(to) ? to : `${to};tag=${tagFor(head)}`}`,
    `Call-ID: ${headerOf(head, 'call-id') ?? ''}`,
    `CSeq: ${headerOf(head, 'cseq') ?? ''}`,
    ...more,
    'Content-Length: 0',
  ]);
}

const challenges = ({ realm, nonce, stale, algorithms }: Extract<Standing, { kind: 'challenged' }>): string[] =>
  algorithms.map(
    (algorithm) =>
      `WWW-Authenticate: Digest realm="${realm}",nonce="${nonce}",algorithm=${algorithm},qop="auth"${stale ? ',stale=true' : ''}`,
  );

/** §9.10: devices set their clocks by it; Beijing time without a zone. */
function date(now: number): string {
  const [, year, month, day, hour, minute, second, thousandths] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(beijingDigits(now)) ?? [];
  return `Date: ${year}-${month}-${day}T${hour}:${minute}:${second}.${thousandths}`;
}

function registered(head: SipHead, expiresS: number, now: number): string[] {
  const contact = headerOf(head, 'contact');
  return [...(contact ? [`Contact: ${contact}`] : []), `Expires: ${expiresS}`, date(now)];
}

/** Edition 2022, annex I: whoever says its edition is told ours. */
const edition = (head: SipHead): string[] => (headerOf(head, 'x-gb-ver') ? ['X-GB-Ver: 3.0'] : []);

function statusOf({ sip, body, standing }: Gb28181Message, accepted: boolean): string {
  if (standing?.kind === 'challenged') return '401 Unauthorized';
  if (standing?.kind === 'stranger') return '403 Forbidden';
  if (!accepted) return standing ? '503 Service Unavailable' : '403 Forbidden';
  switch (sip?.method) {
    case 'MESSAGE':
      /** We carry out nobody's commands. */
      return body?.root === 'Control' ? '403 Forbidden' : '200 OK';
    case 'REGISTER':
    case 'NOTIFY':
    case 'OPTIONS':
      return '200 OK';
    case 'BYE':
    case 'CANCEL':
      return '481 Call/Transaction Does Not Exist';
    default:
      return '405 Method Not Allowed';
  }
}

/** What GB/T 28181 §9 owes to each request; a response and an ACK are owed nothing. */
export function answer(message: Gb28181Message, { accepted, now, peer }: Reply): Uint8Array | null {
  const { sip, standing } = message;
  const head = message.head?.read();
  if (!sip || !head || sip.method === null || sip.method === 'ACK') return null;
  const status = statusOf(message, accepted);
  const more = [
    ...(standing?.kind === 'challenged' ? challenges(standing) : []),
    ...(status.startsWith('200') && standing?.kind === 'registered' ? registered(head, standing.expiresS, now) : []),
    ...(status.startsWith('200') && standing?.kind === 'unregistered' ? registered(head, 0, now) : []),
    ...(status.startsWith('503') ? [`Retry-After: ${busyS}`] : []),
    ...(status.startsWith('405') || sip.method === 'OPTIONS' ? [`Allow: ${allowed}`] : []),
    ...(sip.method === 'REGISTER' ? edition(head) : []),
  ];
  const response = respond(head, status, { peer, more });
  const asked = status.startsWith('200') && standing && 'ask' in standing ? standing.ask : [];
  return asked.length === 0 ? response : glue([response, ...asked.map((ask) => askFor(ask, message, { now, peer }))]);
}

function glue(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** 400 to a request whose head says whom to answer; without an answer a device repeats it for half a minute. */
export function reject(frame: Uint8Array, refusal: Refusal, { peer }: Reply): Uint8Array | null {
  const head = readLooseHead(latin1(frame).split(/\r?\n\r?\n/, 1)[0] ?? '');
  if (!head || !('method' in head.start) || head.start.method === 'ACK') return null;
  const whole = ['via', 'from', 'to', 'call-id', 'cseq'].every((name) => headerOf(head, name));
  if (!whole) return null;
  const status = refusal.refused === 'too_large' ? '413 Request Entity Too Large' : '400 Bad Request';
  return respond(head, status, { peer });
}
