import { z } from 'zod';
import { pushProfileSchema } from '@/server/feeds/push/profile.ts';
import { record } from '@/server/wire/record.ts';

const times = new Set([
  'observedAt',
  'sourceAt',
  'relayedAt',
  'effectiveAt',
  'onsetAt',
  'expiresAt',
  'asOf',
  'at',
  'due',
]);

type Node = { properties?: Record<string, unknown>; required?: string[] };

/** The record as `npm run decode` prints it: times as ISO 8601, without what depends on the run. */
export function recordSchema(): unknown {
  return z.toJSONSchema(record, {
    override: ({ jsonSchema }) => {
      const node = jsonSchema as Node;
      if (!node.properties) return;
      for (const name of Object.keys(node.properties))
        if (times.has(name)) node.properties[name] = { type: ['string', 'null'], format: 'date-time' };
      if (!('receivedAt' in node.properties)) return;
      delete node.properties.receivedAt;
      node.required = (node.required ?? []).filter((name) => name !== 'receivedAt');
    },
  });
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export const schemas = (): Record<string, string> => ({
  'record.schema.json': json(recordSchema()),
  'push-profile.schema.json': json(pushProfileSchema()),
});
