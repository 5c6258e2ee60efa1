import type { JsonValue } from '../read-json.ts';
import type { Refusal } from '../refusal.ts';

/** One value of one attribute, out of whichever form it was written in. Texts are as sent. */
export type NgsiValue = {
  readonly value: JsonValue;
  readonly unitCode: string | null;
  /** NGSI-LD `observedAt`; NGSI v2 metadata `timestamp` or `TimeInstant`. */
  readonly observedAt: string | null;
  /** NGSI-LD: which of several sources of the same attribute. */
  readonly datasetId: string | null;
};

export type NgsiEntity = {
  readonly id: string;
  /** Local name of the type. */
  readonly type: string;
  /** By local name; more than one value where the entity gives several sources or times. */
  readonly attributes: Readonly<Record<string, readonly NgsiValue[]>>;
};

export type NgsiDocument = {
  readonly form: 'entities' | 'notification' | 'batch' | 'feature' | 'feature-collection';
  /** When a broker sent its notification. */
  readonly notifiedAt: string | null;
  readonly entities: readonly NgsiEntity[];
  /** Entities that could not be read. */
  readonly unreadable: readonly Refusal[];
};
