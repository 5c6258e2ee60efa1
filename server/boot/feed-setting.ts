import { z } from 'zod';
import type { TransportKind } from '@/server/feeds/contract.ts';

export type Address = { readonly host: string; readonly port: number };

const address = z
  .string()
  .regex(/^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253}):\d{1,5}$/, 'must be "host:port"')
  .transform((text, context): Address => {
    const colon = text.lastIndexOf(':');
    const port = Number(text.slice(colon + 1));
    if (port > 65_535) context.addIssue({ code: 'custom', message: 'must be "host:port" with a port up to 65535' });
    return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port };
  });

/** An address that may hold {now} and {since} where a poll puts times; what it is worth is seen when they are filled in. */
const url = z
  .string()
  .max(2_000)
  .refine(
    (text) => URL.canParse(text) && /^(https?|mqtts?):$/.test(new URL(text).protocol),
    'must be a URL with http, https, mqtt or mqtts',
  );

const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const headers = z
  .record(z.string(), z.string().max(8_192))
  .refine((held) => Object.keys(held).every((name) => headerName.test(name)), 'a name that no header may have')
  .refine(
    (held) => Object.values(held).every((value) => /^[\t\x20-\x7e]*$/.test(value)),
    'a value with characters that no header may hold',
  );

/** What an installation says of one feed (docs/feeds.md). */
export const feedSetting = z.strictObject({
  enabled: z.boolean().optional(),
  listen: address.optional(),
  connect: address.optional(),
  url: url.optional(),
  headers: headers.optional(),
  intervalS: z.number().min(1).max(86_400).optional(),
  topics: z.array(z.string().min(1).max(512)).min(1).max(64).optional(),
  options: z.record(z.string(), z.unknown()).optional(),
});
export type FeedSetting = z.infer<typeof feedSetting>;

/** Which of these a transport has a use for; another one is a mistake that would go unseen. */
export const settingsOf: Readonly<Record<TransportKind, readonly (keyof FeedSetting)[]>> = {
  tcp: ['listen'],
  udp: ['listen'],
  'tcp-client': ['connect'],
  'http-push': [],
  'http-poll': ['url', 'headers', 'intervalS'],
  mqtt: ['listen', 'url', 'topics'],
};
export const settingsOfAll: readonly (keyof FeedSetting)[] = ['enabled', 'options'];
