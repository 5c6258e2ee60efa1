import { createHash } from 'node:crypto';

/** An event as it is stored, with the exact text of its content. */
export type ChainedEvent = {
  readonly id: number;
  readonly stream: string;
  readonly version: number;
  readonly kind: string;
  readonly content: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly command_id: string;
  readonly ordinal: number;
  readonly occurred_at: number | null;
  readonly received_at: number;
  readonly recorded_at: number;
};

export const chainedColumns =
  'e.id, e.stream, e.version, e.kind, e.content::text as content, e.actor_id, e.actor_name, e.command_id, e.ordinal, e.occurred_at, e.received_at, e.recorded_at';

/** What the first event is chained to. */
export const genesis: Buffer = createHash('sha256').update('one-network event chain 1').digest();

/** sha256(hash of the one before ‖ position as 8 bytes ‖ the event's fields as a JSON array). */
export function chainHash(previous: Buffer, position: number, event: ChainedEvent): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(position));
  const bytes = JSON.stringify([
    event.id,
    event.stream,
    event.version,
    event.kind,
    event.content,
    event.actor_id,
    event.actor_name,
    event.command_id,
    event.ordinal,
    event.occurred_at,
    event.received_at,
    event.recorded_at,
  ]);
  return createHash('sha256').update(previous).update(place).update(bytes).digest();
}
