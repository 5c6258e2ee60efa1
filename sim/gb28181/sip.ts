/** SIP as devices speak it, from RFC 3261: enough for registration and messages. */
export type Sip = {
  readonly first: string;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
};

export const header = (sip: Sip, name: string): string | null => sip.headers.get(name.toLowerCase())?.[0] ?? null;
export const statusOf = ({ first }: Sip): number | null =>
  first.startsWith('SIP/2.0 ') ? Number(first.slice(8, 11)) : null;
export const methodOf = ({ first }: Sip): string | null =>
  first.startsWith('SIP/') ? null : (first.split(' ')[0] ?? null);

export function readSip(bytes: Buffer): Sip | null {
  const split = bytes.indexOf('\r\n\r\n');
  if (split < 0) return null;
  const [first = '', ...lines] = bytes.subarray(0, split).toString('latin1').split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) return null;
    const name = line.slice(0, colon).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return { first, headers, body: bytes.subarray(split + 4) };
}

export type Request = {
  readonly method: string;
  readonly uri: string;
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly sequence: number;
  readonly branch: string;
  /** `address:port` where we can be heard. */
  readonly own: string;
  readonly line: 'UDP' | 'TCP';
  readonly more?: readonly string[];
  readonly body?: Buffer;
};

export function writeRequest({
  method,
  uri,
  from,
  to,
  callId,
  sequence,
  branch,
  own,
  line,
  more = [],
  body,
}: Request): Buffer {
  const lines = [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/${line} ${own};rport;branch=z9hG4bK${branch}`,
    `From: <${from}>;tag=${branch.slice(0, 8)}`,
    `To: <${to}>`,
    `Call-ID: ${callId}`,
    `CSeq: ${sequence} ${method}`,
    'Max-Forwards: 70',
    'User-Agent: City Sim NVR',
    ...more,
    ...(body ? ['Content-Type: Application/MANSCDP+xml'] : []),
    `Content-Length: ${body?.length ?? 0}`,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body ?? Buffer.alloc(0)]);
}

/** 200 to what a platform asks. */
export function writeOk(asked: Sip, tag: string): Buffer {
  const repeat = (name: string) => (asked.headers.get(name.toLowerCase()) ?? []).map((value) => `${name}: ${value}`);
  const to = header(asked, 'To') ?? '';
  const lines = [
    'SIP/2.0 200 OK',
    ...repeat('Via'),
    ...repeat('From'),
    `To: ${/;tag=/.test(to) ? to : `${to};tag=${tag}`}`,
    ...repeat('Call-ID'),
    ...repeat('CSeq'),
    ...(methodOf(asked) === 'SUBSCRIBE' ? ['Expires: 3600'] : []),
    'Content-Length: 0',
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

/** Datagrams hold one message; a stream is cut by Content-Length. */
export function cutMessages(buffer: Buffer): { messages: Buffer[]; rest: Buffer } {
  const messages: Buffer[] = [];
  let start = 0;
  for (;;) {
    while (buffer[start] === 13 || buffer[start] === 10) start++;
    const end = buffer.indexOf('\r\n\r\n', start);
    if (end < 0) return { messages, rest: buffer.subarray(start) };
    const length = Number(/^Content-Length:\s*(\d+)/im.exec(buffer.subarray(start, end).toString('latin1'))?.[1] ?? 0);
    if (buffer.length < end + 4 + length) return { messages, rest: buffer.subarray(start) };
    messages.push(buffer.subarray(start, end + 4 + length));
    start = end + 4 + length;
  }
}
