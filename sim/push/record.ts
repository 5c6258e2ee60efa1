import type { LonLat } from '../geo.ts';

/** The records of the JSON push profile `one-network-push/1` as this sender writes them; times are ISO 8601 UTC. */
export const pushSources = [
  'police-110',
  'urban-12345',
  'health-capacity',
  'water-level',
  'units-push',
  'market-lifts',
  'emergency-shelter',
] as const;
export type PushSource = (typeof pushSources)[number];

export const profile = 'one-network-push/1';

type Envelope = {
  readonly subject: { readonly scheme: string; readonly key: string };
  readonly observedAt: string;
  readonly sourceAt: string;
  readonly relayedAt: null;
  readonly geometry: { readonly type: 'Point'; readonly coordinates: LonLat } | null;
  readonly crsReceived: 'wgs84' | 'unknown';
  readonly geometrySource: 'message' | 'none';
  readonly quality: { readonly state: 'good'; readonly flags: readonly string[] };
  readonly dedupeKey: string;
  readonly revision: number;
  readonly privacy: 'none' | 'restricted' | 'personal';
};

export type PositionRecord = Envelope & {
  readonly kind: 'position';
  readonly altitudeM: number | null;
  readonly speedMps: number;
  readonly headingDeg: number;
  readonly accuracyM: number;
  readonly fixed: boolean;
  readonly extras: Readonly<Record<string, string | number | boolean | null>>;
};

export type ReadingRecord = Envelope & {
  readonly kind: 'reading';
  readonly property: string;
  readonly statistic: 'instant' | 'sum';
  readonly intervalS: number | null;
  readonly value: number;
  readonly unit: string;
  readonly rawValue: number;
  readonly rawUnit: string;
  readonly limit: number | null;
};

export type CaseState = 'new' | 'accepted' | 'assigned' | 'handling' | 'checked' | 'closed';
export type CaseRecord = Envelope & {
  readonly kind: 'case';
  readonly number: string;
  readonly class: string;
  readonly title: string;
  readonly text: string;
  readonly place: string;
  readonly stages: readonly { stage: string; at: string | null; by: string | null; due: string | null }[];
  readonly state: CaseState;
  readonly priority: string;
};

export type CallRecord = Envelope & {
  readonly kind: 'call';
  readonly number: string;
  readonly type: string;
  readonly priority: string;
  readonly place: string;
  readonly text: string;
  readonly calls: readonly { at: string; from: string | null; text: string | null }[];
  readonly units: readonly string[];
  readonly state: 'reported' | 'confirmed' | 'closed';
  readonly casualties: {
    readonly dead: number | null;
    readonly injured: number | null;
    readonly trapped: number | null;
    readonly missing: number | null;
  };
};

export type CapacityRecord = Envelope & {
  readonly kind: 'capacity';
  readonly facility: string;
  readonly resource: string;
  readonly available: number;
  readonly baseline: number;
  readonly maximum: number;
  readonly state: 'open' | 'limited' | 'full' | 'diversion';
  readonly asOf: string;
};

export type PushRecord = PositionRecord | ReadingRecord | CaseRecord | CallRecord | CapacityRecord;

export const iso = (atMs: number): string => new Date(atMs).toISOString();

export function envelope(
  subject: Envelope['subject'],
  atMs: number,
  rest: { at: LonLat | null; dedupeKey: string; revision?: number; privacy?: Envelope['privacy'] },
): Envelope {
  return {
    subject,
    observedAt: iso(atMs),
    sourceAt: iso(atMs),
    relayedAt: null,
    geometry: rest.at ? { type: 'Point', coordinates: [degrees(rest.at[0]), degrees(rest.at[1])] } : null,
    crsReceived: rest.at ? 'wgs84' : 'unknown',
    geometrySource: rest.at ? 'message' : 'none',
    quality: { state: 'good', flags: [] },
    dedupeKey: rest.dedupeKey,
    revision: rest.revision ?? 0,
    privacy: rest.privacy ?? 'none',
  };
}

const degrees = (value: number) => Math.round(value * 1e6) / 1e6;

export const batchBody = (records: readonly PushRecord[]): string => JSON.stringify({ profile, records });
