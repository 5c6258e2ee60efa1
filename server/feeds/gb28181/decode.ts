import type { QualityFlag } from '@/server/wire/record.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { Secret } from '../secret.ts';
import { latin1, maxFrameBytes, statedLength } from './frame.ts';
import { type Manscdp, readManscdp } from './manscdp.ts';
import { EchoedHead, type Gb28181Message, type Sip } from './message.ts';
import { headerOf, headersOf, readAddress, readLooseHead, type SipHead } from './sip-head.ts';

const documentStart = /^(?:\xef\xbb\xbf)?\s*</;

/** One frame: a SIP message, or a MANSCDP document alone. */
export function decode(frame: Uint8Array): Gb28181Message | Refusal {
  if (frame.length === 0) return refuse('empty', 'no bytes');
  if (frame.length > maxFrameBytes) return refuse('too_large', `${frame.length} bytes`);
  const text = latin1(frame);
  if (documentStart.test(text.slice(0, 64))) return alone(frame);
  const blankLine = /\r?\n\r?\n/.exec(text);
  const headEnd = blankLine ? blankLine.index + blankLine[0].length : text.length;
  const head = readLooseHead(text.slice(0, headEnd));
  if (!head) return refuse('not_protocol', 'neither a SIP message nor a MANSCDP document', 0);
  if (!blankLine) return refuse('truncated', 'the head does not end', frame.length);
  if (head.fault) return head.fault;
  const sip = readSip(head);
  return isRefusal(sip) ? sip : withBody(frame.subarray(headEnd), { sip, head, headEnd, text: text.slice(0, headEnd) });
}

function alone(frame: Uint8Array): Gb28181Message | Refusal {
  const body = readManscdp(frame, null);
  if (isRefusal(body)) return body;
  return { sip: null, body, otherBodyBytes: 0, flags: flagsOf(body) };
}

type Headed = { readonly sip: Sip; readonly head: SipHead; readonly headEnd: number; readonly text: string };

function withBody(bytes: Uint8Array, { sip, head, headEnd, text }: Headed): Gb28181Message | Refusal {
  const stated = statedLength(text);
  if (stated !== null && Number.isNaN(stated)) return refuse('length', 'Content-Length is no number, or two numbers');
  if (stated !== null && stated > maxFrameBytes) return refuse('too_large', `a body of ${stated} bytes`);
  const wrong = stated !== null && stated !== bytes.length;
  const isDocument = documentStart.test(latin1(bytes.subarray(0, 64)));
  if (!isDocument && wrong) return refuse('length', `${bytes.length} bytes of body, ${stated} are stated`, headEnd);
  const body = isDocument ? readManscdp(bytes, sip.from.user) : null;
  if (isRefusal(body)) {
    if (wrong)
      return refuse('length', `${bytes.length} bytes of body, ${stated} are stated, and ${body.detail}`, headEnd);
    return body.offset === null ? body : { ...body, offset: body.offset + headEnd };
  }
  const credentials = headerOf(head, 'authorization');
  return {
    sip,
    body,
    otherBodyBytes: isDocument ? 0 : bytes.length,
    flags: [...flagsOf(body), ...(wrong ? (['length_bad'] as const) : [])],
    ...(credentials === null ? {} : { authorization: new Secret(credentials) }),
    head: new EchoedHead(head),
  };
}

const flagsOf = (body: Manscdp | null): QualityFlag[] => (body && body.brokenCharacters > 0 ? ['partial'] : []);

const required = ['via', 'from', 'to', 'call-id', 'cseq'] as const;

function readSip(head: SipHead): Sip | Refusal {
  const missing = required.find((name) => !headerOf(head, name));
  if (missing) return refuse('schema', `no ${missing} header`);
  const sequence = /^(\d{1,10})\s+(\S+)$/.exec(headerOf(head, 'cseq') ?? '');
  if (!sequence) return refuse('value', 'CSeq is not a number and a method');
  const { start } = head;
  const method = 'method' in start ? start.method : null;
  if (method !== null && sequence[2] !== method)
    return refuse('value', `CSeq is of ${sequence[2]}, the request is ${method}`);
  const [from, to] = [readAddress(headerOf(head, 'from') ?? ''), readAddress(headerOf(head, 'to') ?? '')];
  if (!from.host || !to.host) return refuse('value', 'From and To are not SIP addresses');
  const callId = headerOf(head, 'call-id') ?? '';
  if (callId.length > 256) return refuse('value', 'a Call-ID of more than 256 characters');
  const contact = headerOf(head, 'contact');
  return {
    method,
    uri: 'uri' in start ? start.uri : null,
    status: 'status' in start ? start.status : null,
    from,
    to,
    callId,
    sequence: Number(sequence[1]),
    via: headersOf(head, 'via'),
    contact,
    expires: expiresOf(contact, headerOf(head, 'expires')),
    event: headerOf(head, 'event'),
    contentType: headerOf(head, 'content-type'),
    edition: headerOf(head, 'x-gb-ver'),
    userAgent: headerOf(head, 'user-agent'),
  };
}

/** RFC 3261 §10.2.1.1: what the contact itself says comes first. */
function expiresOf(contact: string | null, header: string | null): number | null {
  const own = contact === null ? undefined : /;\s*expires\s*=\s*"?(\d{1,10})/i.exec(contact)?.[1];
  const digits = own ?? /^\d{1,10}/.exec(header ?? '')?.[0];
  return digits === undefined ? null : Number(digits);
}
