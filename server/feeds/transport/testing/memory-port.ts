import type { FeedRecord } from '@/server/wire/record.ts';
import type { Refusal } from '../../refusal.ts';
import type { Delivery, FeedPort, TransportStatus } from '../port.ts';

/** A port that keeps everything it is given; `store` decides what becomes of a delivery. */
export function memoryPort(store: (delivery: Delivery) => Promise<boolean> = async () => true) {
  const deliveries: { feedId: string; delivery: Delivery }[] = [];
  const refused: { feedId: string; refusal: Refusal; bytes: Uint8Array }[] = [];
  const statuses: { feedId: string; status: TransportStatus }[] = [];
  let received = 0;
  const waiting: (() => void)[] = [];
  const moved = () => {
    for (const wake of waiting.splice(0)) wake();
  };
  const port: FeedPort = {
    received(_, byteCount) {
      received += byteCount;
    },
    async records(feedId, delivery) {
      const stored = await store(delivery);
      if (stored) deliveries.push({ feedId, delivery });
      moved();
      return stored;
    },
    async refused(feedId, refusal, bytes) {
      refused.push({ feedId, refusal, bytes });
      moved();
    },
    noise: () => undefined,
    status(feedId, status) {
      statuses.push({ feedId, status });
      moved();
    },
  };
  return {
    port,
    deliveries,
    refused,
    statuses,
    received: () => received,
    records: (): FeedRecord[] => deliveries.flatMap(({ delivery }) => delivery.records),
    /** Resolves as soon as `ready` holds; asked again whenever the port is called. */
    async until(ready: () => boolean): Promise<void> {
      while (!ready()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
