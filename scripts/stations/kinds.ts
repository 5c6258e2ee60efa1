import type { StationKind } from '@/server/domain/station.ts';
import type { LonLat } from '@/sim/geo.ts';
import type { Random } from '@/sim/random.ts';
import { cityKinds } from './city-kinds.ts';
import { monitorKinds } from './monitor-kinds.ts';
import type { Line, StationRow } from './row.ts';
import { waterKinds } from './water-kinds.ts';

/** One family of stations: how many, how its keys look in its protocol, what it measures. */
export type KindRow = {
  readonly label: string;
  readonly kind: StationKind;
  readonly scheme: string;
  readonly department: string;
  readonly datum?: StationRow['verticalDatum'];
  readonly intervalS: number | null;
  readonly count?: number;
  readonly at?: 'land' | 'bank';
  readonly key?: (index: number, district: string, rng: Random) => string;
  /** Several of one family at one place are numbered. */
  readonly name?: (place: string, index: number) => string;
  readonly measures?: (rng: Random, index: number) => readonly Line[];
  readonly fixed?: readonly {
    readonly key: string;
    readonly name: string;
    readonly at: LonLat;
    readonly measures: readonly Line[];
  }[];
  readonly underpasses?: boolean;
};

export const kinds: readonly KindRow[] = [...waterKinds, ...monitorKinds, ...cityKinds];
