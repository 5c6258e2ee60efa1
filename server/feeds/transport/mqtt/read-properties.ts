import type { ByteCursor } from './byte-cursor.ts';

type Kind = 'byte' | 'short' | 'long' | 'varint' | 'text' | 'binary' | 'pair';

/** MQTT 5.0 §2.2.2.2: how long each property is; an unknown one cannot be stepped over. */
const kinds = new Map<number, Kind>([
  ...[0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2a].map((id) => [id, 'byte'] as const),
  ...[0x13, 0x21, 0x22, 0x23].map((id) => [id, 'short'] as const),
  ...[0x02, 0x11, 0x18, 0x27].map((id) => [id, 'long'] as const),
  ...[0x03, 0x08, 0x12, 0x15, 0x1a, 0x1c, 0x1f].map((id) => [id, 'text'] as const),
  ...[0x09, 0x16].map((id) => [id, 'binary'] as const),
  [0x0b, 'varint'],
  [0x26, 'pair'],
]);
const repeatable = new Set([0x0b, 0x26]);

export type Properties = { readonly topicAlias: number | null; readonly authMethod: string | null };

/** The properties that mean something to a broker that only takes in; the others are checked and passed over. */
export function readProperties(cursor: ByteCursor): Properties {
  let topicAlias: number | null = null;
  let authMethod: string | null = null;
  const seen = new Set<number>();
  const length = cursor.varint();
  const end = cursor.left() - length;
  if (end < 0) cursor.fail();
  while (!cursor.isBroken() && cursor.left() > end) {
    const id = cursor.varint();
    const kind = kinds.get(id);
    if (!kind || (seen.has(id) && !repeatable.has(id))) cursor.fail();
    seen.add(id);
    if (kind === 'byte') cursor.byte();
    else if (kind === 'short') {
      const value = cursor.short();
      if (id === 0x23) topicAlias = value;
    } else if (kind === 'long') cursor.skip(4);
    else if (kind === 'varint') cursor.varint();
    else if (kind === 'text') {
      const text = cursor.text();
      if (id === 0x15) authMethod = text;
    } else if (kind === 'binary') cursor.binary();
    else if (kind === 'pair') {
      cursor.text();
      cursor.text();
    }
  }
  if (cursor.left() !== end) cursor.fail();
  return { topicAlias, authMethod };
}
