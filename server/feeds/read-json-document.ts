import { validUtf8 } from './decode-text.ts';
import { attempt, createJsonReader, type JsonValue, jsonLimits } from './read-json.ts';
import { type Refusal, refuse } from './refusal.ts';

export type JsonObject = { readonly [key: string]: JsonValue };

export const isObject = (value: JsonValue | undefined): value is { [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text of a body in UTF-8, without its byte order mark. */
export function readUtf8(bytes: Uint8Array): { readonly text: string } | Refusal {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.trim() === '' ? refuse('empty', 'no body', 0) : { text };
  } catch {
    return refuse('encoding', 'the body is not UTF-8', validUtf8(bytes));
  }
}

/** A whole body as one JSON value: bounded, no key twice, no half characters. The first fault refuses all of it. */
export function readJsonDocument(bytes: Uint8Array, limits = jsonLimits): { readonly json: JsonValue } | Refusal {
  const body = readUtf8(bytes);
  if ('refused' in body) return body;
  const offsetOf = (index: number) => Buffer.byteLength(body.text.slice(0, index), 'utf8');
  const reader = createJsonReader(body.text, limits);
  const read = attempt(() => {
    const first = reader.peek();
    if (first !== '{' && first !== '[') return refuse('not_protocol', 'neither an object nor an array', 0);
    const json = reader.read();
    return reader.peek() === null ? { json } : refuse('syntax', 'text after the end', offsetOf(reader.position()));
  });
  const fault = 'reason' in read ? read : reader.takeFaults()[0];
  return 'reason' in read || ('json' in read && fault)
    ? refuse(fault!.reason, fault!.detail, offsetOf(fault!.index))
    : read;
}

/** A member that is a text with something in it. */
export const textOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/** A member that names something: numbers are names too where a sender writes them so. */
export const nameOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'number' ? String(value) : textOf(value);

/** Cut to what a record may hold, never through a surrogate pair. */
export const cut = (text: string, most: number): string =>
  text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
