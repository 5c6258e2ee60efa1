/**
 * Why a message could not be read. One table for every protocol (DESIGN.md §6): the quarantine counts by these,
 * `npm run decode` prints them. Add a reason here, with its words in `messages/*.json` under `refusal`.
 */
export const refusalReasons = {
  empty: 'no bytes, or only white space',
  too_large: 'longer than the protocol or our limit allows',
  too_deep: 'nested deeper than the limit',
  truncated: 'ends before the message is complete',
  framing: 'the start, end or escape bytes are wrong',
  checksum: 'the checksum does not match the bytes',
  length: 'the stated length does not match the bytes',
  encoding: 'the bytes are not in the stated or required character encoding',
  syntax: 'not well-formed (XML, JSON)',
  forbidden: 'holds a construct that is refused for safety (DTD, entity, external reference)',
  schema: 'well-formed, but a required field is missing or of the wrong type',
  value: 'a field holds a value outside what the standard allows',
  unsupported: 'a version or message kind that this reader does not know',
  not_protocol: 'not a message of this protocol at all',
  unauthorized: 'the sender is not who it says, or has not signed on',
  conflict: 'the same key came before with other content',
} as const;

export type RefusalReason = keyof typeof refusalReasons;

/** A message that could not be read, as a value: the feed goes on (DESIGN.md law 7). `offset` counts bytes. */
export type Refusal = { readonly refused: RefusalReason; readonly offset: number | null; readonly detail: string };

export const refuse = (refused: RefusalReason, detail: string, offset: number | null = null): Refusal => ({
  refused,
  offset,
  detail,
});

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value && typeof value.refused === 'string';
