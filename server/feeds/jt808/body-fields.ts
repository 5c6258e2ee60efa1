import { ByteReader } from '../byte-reader.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { type Header, idText } from './header.ts';
import type { BodyRead, MessageKind } from './message.ts';

type Owes = MessageKind['owes'];
export type Read = (reader: ByteReader, header: Header) => BodyRead | Refusal;

/** A body that ends before its last field is refused; bytes after the last field are kept and flagged. */
export const kind = (name: string, owes: Owes, read: Read): MessageKind => ({
  name,
  owes,
  read: (bytes, header) => {
    const reader = new ByteReader(bytes);
    const result = read(reader, header);
    if (isRefusal(result)) return result;
    if (reader.overran) return refuse('length', `the body of ${bytes.length} bytes ends inside a field`, bytes.length);
    if (reader.left === 0) return result;
    return {
      ...result,
      body: { ...result.body, trailing: reader.hex(reader.left) },
      flags: [...(result.flags ?? []), 'partial'],
    };
  },
});
export const fields = (read: (reader: ByteReader, header: Header) => BodyRead['body']): Read => {
  return (reader, header) => ({ body: read(reader, header) });
};
export const nothing = fields(() => ({}));

export const generalAnswer = fields((reader) => ({
  replySerial: reader.u16(),
  replyId: idText(reader.u16()),
  result: reader.u8(),
}));

export const counted = (reader: ByteReader, read: () => unknown): unknown[] => {
  const list = [];
  for (let left = reader.u8(); left > 0 && !reader.overran; left--) list.push(read());
  return list;
};

export function listOf16(reader: ByteReader, count: number): number[] {
  const list = [];
  while (list.length < count && !reader.overran) list.push(reader.u16());
  return list;
}
export function listOf32(reader: ByteReader, count: number): number[] {
  const list = [];
  while (list.length < count && !reader.overran) list.push(reader.u32());
  return list;
}
