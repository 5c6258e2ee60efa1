import type { Refusal } from '../refusal.ts';
import type { Position } from './references.ts';

/** A number somebody counted, or why there is none: absent is not zero. */
export type Count = { readonly code: string; readonly count: number | null; readonly absent: string | null };

export type CountReport = {
  /** `Location/12`, `system|value`, or the column `orgid`. */
  readonly facilityKey: string;
  readonly facility: string | null;
  readonly id: string | null;
  readonly measure: string | null;
  readonly status: string;
  /** Who or what reports, which is not what is counted. */
  readonly reporter: string | null;
  /** When the report was made. */
  readonly date: string | null;
  /** Of what time the counts are true. */
  readonly periodEnd: string | null;
  readonly counts: readonly Count[];
  /** Where what is counted lies, where the report says so itself. */
  readonly position: Position | null;
  /** Marked as made for tests. */
  readonly test: boolean;
};

export type Place = {
  readonly key: string;
  readonly name: string | null;
  readonly status: string | null;
  /** HL7 v2 table 0116 of a bed or room. */
  readonly operationalStatus: string | null;
  /** `bd` for a bed, `si` for a site … */
  readonly physicalType: string | null;
  readonly position: Position | null;
  readonly organization: string | null;
  readonly updatedAt: string | null;
  readonly test: boolean;
};

export type FhirDocument =
  | {
      readonly form: 'fhir';
      readonly reports: readonly CountReport[];
      readonly places: readonly Place[];
      /** Resources that say nothing of capacity. */
      readonly others: Readonly<Record<string, number>>;
      readonly unreadable: readonly Refusal[];
    }
  | { readonly form: 'csv'; readonly reports: readonly CountReport[]; readonly unreadable: readonly Refusal[] };
