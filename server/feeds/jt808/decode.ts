import type { QualityFlag } from '@/server/wire/record.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { type Header, idText, readContent } from './header.ts';
import type { BodyRead, Jt808Message, MessageKind } from './message.ts';
import { platformMessages } from './platform-messages.ts';
import { terminalMessages } from './terminal-messages.ts';
import { videoMessages } from './video-messages.ts';

export const kindOfMessage = (messageId: number): MessageKind | null =>
  terminalMessages[messageId] ?? platformMessages[messageId] ?? videoMessages[messageId] ?? null;

/** One frame → one message. A part of a split message keeps its bytes; `session` puts the parts together. */
export function decode(frame: Uint8Array): Jt808Message | Refusal {
  const content = readContent(frame);
  if (isRefusal(content)) return content;
  const flags: QualityFlag[] = content.bare ? ['checksum_variant'] : [];
  const { header, body } = content;
  if (!header.part) return readBody(header, body, flags);
  const name = kindOfMessage(header.messageId)?.name ?? 'unknown';
  return { messageId: idText(header.messageId), name, header, body: { bytes: body }, flags };
}

export function readBody(
  header: Header,
  bytes: Uint8Array,
  flags: readonly QualityFlag[] = [],
): Jt808Message | Refusal {
  const kind = kindOfMessage(header.messageId);
  const messageId = idText(header.messageId);
  if (!kind) return { messageId, name: 'unknown', header, body: { bytes }, flags };
  const read = readLayout(kind, bytes, header);
  if (isRefusal(read)) return { ...read, detail: `${messageId} ${kind.name}: ${read.detail}` };
  const all = [...flags, ...(read.flags ?? [])];
  return { messageId, name: kind.name, header, body: read.body, flags: all };
}

/** Any bytes are a code of 2013: that body tells its layouts apart itself. */
const authentication = 0x0102;

/** Some terminals take the header of 2019 and keep the bodies of 2013: told by a body that fits the older layout only, and that exactly. */
function readLayout(kind: MessageKind, bytes: Uint8Array, header: Header): BodyRead | Refusal {
  const read = kind.read(bytes, header);
  if (!isRefusal(read) || header.version === '2013' || header.messageId === authentication) return read;
  const older = kind.read(bytes, { ...header, version: '2013' });
  if (isRefusal(older) || older.flags?.includes('partial')) return read;
  return { ...older, flags: [...(older.flags ?? []), 'version_old'] };
}
