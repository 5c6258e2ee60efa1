import { z } from 'zod';
import type { Framed, Protocol } from '@/server/feeds/contract.ts';
import { isRefusal, type Refusal, refuse } from '@/server/feeds/refusal.ts';
import { parseXml } from '../parse-xml.ts';
import { documentIn } from './bulletin.ts';
import { mapAlert } from './map-alert.ts';
import type { CapDocument } from './message.ts';
import { readDocument } from './read-document.ts';

const maxFrameBytes = 5 * 1024 * 1024;

/** One document is one frame; nothing of a stream is left over. */
const frame = (buffer: Uint8Array): Framed => ({
  frames: buffer.length === 0 ? [] : [buffer],
  rest: new Uint8Array(0),
  noise: 0,
});

function decode(bytes: Uint8Array): CapDocument | Refusal {
  if (bytes.length > maxFrameBytes) return refuse('too_large', `${bytes.length} bytes (at most ${maxFrameBytes})`);
  const { document, start } = documentIn(bytes);
  const root = parseXml(document);
  if (!isRefusal(root)) return readDocument(root);
  return root.offset === null ? root : { ...root, offset: root.offset + start };
}

export const cap: Protocol<CapDocument, Record<string, never>> = {
  id: 'cap',
  title: 'Common Alerting Protocol',
  standard: 'OASIS CAP 1.2 §3 (1.0 and 1.1 read as 1.2); GB/T 35965.1-2018; carriers EDXL-DE, Atom, RSS',
  transports: ['http-push', 'http-poll'],
  options: z.object({}),
  crs: 'wgs84',
  maxFrameBytes,
  frame,
  decode,
  map: (message, context) => [...message.alerts.flatMap((alert) => mapAlert(alert, context)), ...message.unreadable],
};
