/**
 * What happens, told as callers, hotline clerks, grid workers and devices would write it. Written for this project. `{…}` is filled from the
 * situation; the held-out part has sentences of its own.
 */
export type Part = 'train' | 'heldOut';
export type SituationKind = {
  readonly key: string;
  /** How the place is named. */
  readonly setting: 'estate' | 'crossing' | 'street' | 'highway' | 'site';
  /** What a feed may call it; null: feeds have no type for it. */
  readonly code: string | null;
  /** Mean minutes between the first word of it and the others. */
  readonly spreadMin: number;
  readonly most: number;
  readonly particulars: readonly string[];
  readonly said: Readonly<Record<Part, readonly string[]>>;
  /** Matter of a hotline order, after the place. */
  readonly orders: Readonly<Record<Part, readonly string[]>>;
  readonly device?: Readonly<Record<Part, readonly string[]>>;
};

export const both = <T>(train: readonly T[], heldOut: readonly T[]) => ({ train, heldOut });
