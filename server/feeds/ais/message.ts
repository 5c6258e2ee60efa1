import type { QualityFlag } from '@/server/wire/record.ts';
import type { Field, Fields } from './fields.ts';
import type { TagBlock } from './sentence.ts';
import type { Vessel } from './vessels.ts';

/** What one message of ITU-R M.1371 is. `bits`: fewer cannot be read, more are flagged. */
export type MessageKind = {
  readonly name: string;
  readonly bits: readonly [least: number, most: number];
  readonly fields: readonly Field[];
};

/** Where a sentence came from and how it was carried. */
export type Carrier = {
  readonly talker: string;
  /** VDM: heard from others; VDO: of our own station. */
  readonly formatter: string;
  readonly channel: string | null;
  readonly tag: TagBlock | null;
  /** When a relay heard it, epoch ms. */
  readonly heardAt: number | null;
  readonly station: string | null;
};

export type AisMessage = {
  readonly kind: 'message';
  /** 1–27. */
  readonly type: number;
  readonly name: string;
  readonly mmsi: string;
  readonly repeat: number;
  readonly fields: Fields;
  readonly flags: readonly QualityFlag[];
  readonly carrier: Carrier;
  /** Static data that this connection has heard of the sender before. */
  readonly vessel?: Vessel;
};

/** One sentence of a message in several. */
export type AisPart = {
  readonly kind: 'part';
  readonly name: string;
  readonly number: number;
  readonly total: number;
  /** The sequential id, 0–9; empty where the receiver gives none. */
  readonly sequence: string;
  readonly payload: string;
  readonly fill: number;
  readonly carrier: Carrier;
};

/** Any other sentence that receivers mix in: read for its checksum, without records. */
export type OtherSentence = {
  readonly kind: 'sentence';
  readonly name: string;
  readonly talker: string;
  readonly formatter: string;
  /** A receiver's word for when the next sentence was heard ($PGHP), epoch ms. */
  readonly heardAt: number | null;
  readonly carrier: Carrier;
};

export type AisRead = AisMessage | AisPart | OtherSentence;
