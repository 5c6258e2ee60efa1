import type { JsonValue } from '../read-json.ts';
import type { Refusal } from '../refusal.ts';

export type Component = {
  readonly property: string | null;
  readonly unit: string | null;
  /** The stream says that its results are counts (OM_CountObservation). */
  readonly counts?: boolean;
};

/** What is measured and in what; null where the answer does not say. */
export type Stream = {
  /** `Datastream(5)`; MultiDatastreams are counted on their own. */
  readonly key: string | null;
  /** `Thing(1)`. */
  readonly thing: string | null;
  readonly name: string | null;
  /** One entry for a Datastream, one per component for a MultiDatastream. */
  readonly components: readonly Component[];
  /** What is observed, where the answer is that of an ObservedProperty. */
  readonly property: string | null;
  /** GeoJSON of the Thing's Location. */
  readonly location: JsonValue;
  /** GeoJSON of the feature, where the answer is that of a FeatureOfInterest. */
  readonly feature: JsonValue;
};

export type Observation = {
  readonly id: string | null;
  readonly stream: Stream;
  readonly phenomenonTime: string | null;
  readonly resultTime: string | null;
  readonly result: JsonValue;
  readonly resultQuality: JsonValue;
  /** GeoJSON of the FeatureOfInterest. */
  readonly feature: JsonValue;
};

export type SensorThingsDocument = {
  readonly observations: readonly Observation[];
  /** Things, Datastreams and other entities without observations of their own. */
  readonly others: Readonly<Record<string, number>>;
  /** More of the same collection waits there. */
  readonly nextLink: string | null;
  readonly unreadable: readonly Refusal[];
};
