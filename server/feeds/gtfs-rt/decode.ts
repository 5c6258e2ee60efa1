import { attempt as attemptJson, createJsonReader } from '../read-json.ts';
import { readUtf8 } from '../read-json-document.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { judgeFeed } from './judge-feed.ts';
import { limits } from './limits.ts';
import type { RtFeed } from './message.ts';
import { type ReadFeed, readBinary } from './read-binary.ts';
import { readNamed } from './read-named.ts';
import { readTextForm } from './read-text-form.ts';

export const maxFrameBytes = limits.documentBytes;

const headBytes = 512;

/** Control characters are in every binary feed (its first byte is one) and in no text. */
function formOf(bytes: Uint8Array): RtFeed['form'] {
  const head = bytes.subarray(0, headBytes);
  const printable = head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
  const text = new TextDecoder().decode(head).trimStart();
  if (text.startsWith('{') && (printable || /^\{\s*"/.test(text))) return 'json';
  return printable && /^(?:#[^\n]*(?:\n\s*|$))*(?:$|(?:header|entity)\s*[:{<])/.test(text) ? 'text' : 'binary';
}

const jsonLimits = { depth: 24, values: 2_000_000, numberLength: 64 };

/** Two members of one name are a fault of the document, as anywhere else where JSON is read here. */
function readJson(text: string): ReadFeed | Refusal {
  const reader = createJsonReader(text, jsonLimits);
  const read = attemptJson(() => ({ root: reader.read(), more: reader.peek() !== null }));
  const fault = 'reason' in read ? read : reader.takeFaults()[0];
  if ('reason' in read || fault)
    return refuse(fault!.reason, fault!.detail, Buffer.byteLength(text.slice(0, fault!.index), 'utf8'));
  if (read.more) return refuse('syntax', 'text after the end', Buffer.byteLength(text.slice(0, reader.position())));
  return readNamed(read.root, 'json');
}

function read(bytes: Uint8Array, form: RtFeed['form']): ReadFeed | Refusal {
  if (form === 'binary') return readBinary(bytes);
  const body = readUtf8(bytes);
  if ('refused' in body) return body;
  if (form === 'json') return readJson(body.text);
  const tree = readTextForm(body.text);
  return isRefusal(tree) ? tree : readNamed(tree, 'text');
}

export function decode(bytes: Uint8Array): RtFeed | Refusal {
  if (bytes.length === 0) return refuse('empty', 'no bytes', 0);
  if (bytes.length > maxFrameBytes) return refuse('too_large', `${bytes.length} bytes (at most ${maxFrameBytes})`);
  const form = formOf(bytes);
  const feed = read(bytes, form);
  return isRefusal(feed) ? feed : judgeFeed(feed, form);
}
