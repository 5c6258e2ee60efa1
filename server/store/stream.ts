import { type AggregateKind, aggregates } from '@/server/domain/aggregate.ts';

export type StreamName = { readonly kind: AggregateKind; readonly id: string };

export function parseStream(stream: string): StreamName {
  const cut = stream.indexOf('/');
  const kind = stream.slice(0, cut);
  const id = stream.slice(cut + 1);
  if (cut <= 0 || id.length === 0 || !Object.hasOwn(aggregates, kind)) throw new Error(`not a stream: ${stream}`);
  return { kind: kind as AggregateKind, id };
}
