import type { LonLat } from '@/server/domain/place.ts';

/** Bits of a segment. */
export const forwardBit = 1;
export const backwardBit = 2;
export const emergencyBit = 4;
export const bridgeBit = 8;
export const tunnelBit = 16;
/** Neither a motorway nor a roundabout: a vehicle on duty may be let against the one-way. */
export const mayOpposeBit = 32;
/** Reached from and reaching the rest on public roads alone. */
export const publicBit = 64;

/** A bridge or tunnel over a river under one name: what an operator closes with one handle. */
export type Crossing = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly kind: 'bridge' | 'tunnel';
  readonly river: string;
  readonly riverEn: string | null;
  /** The longest of its carriageways. */
  readonly lengthM: number;
  /** Over a big river: closing it changes who can help whom. */
  readonly major: boolean;
  readonly at: LonLat;
  readonly segments: readonly number[];
};

export type RoadFacts = {
  readonly source: string;
  readonly importedAt: number;
  readonly dataAt: number | null;
  readonly bbox: readonly [west: number, south: number, east: number, north: number];
  /** Ways left out because nothing leads there and back. */
  readonly islandSegments: number;
};

/**
 * A packed road network. A segment lies between two junctions; arc `2s` runs it forward, `2s + 1` backward. Positions in 1e-7 degrees.
 * Turn restrictions are not kept.
 */
export type Roads = {
  readonly nodes: Int32Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly lengthM: Float32Array;
  readonly roadClass: Uint8Array;
  readonly bits: Uint8Array;
  /** Two a segment; 0: no limit signed. */
  readonly limitKmh: Uint8Array;
  readonly name: Uint32Array;
  readonly way: Float64Array;
  readonly pointStart: Uint32Array;
  readonly points: Int32Array;
  /** Arcs that leave a node, and that come to it. */
  readonly outStart: Uint32Array;
  readonly outArc: Uint32Array;
  readonly inStart: Uint32Array;
  readonly inArc: Uint32Array;
  /** Number 0 is no name. */
  readonly names: readonly string[];
  readonly crossings: readonly Crossing[];
  readonly facts: RoadFacts;
};

export const tailOf = ({ from, to }: Roads, arc: number): number => (arc & 1 ? to[arc >>> 1]! : from[arc >>> 1]!);
export const headOf = ({ from, to }: Roads, arc: number): number => (arc & 1 ? from[arc >>> 1]! : to[arc >>> 1]!);

const metresPerE7 = 111_320 / 1e7;

/** Plane metres are true enough within one stretch of road. */
export function stretchM(lonA: number, latA: number, lonB: number, latB: number): number {
  const east = Math.cos((((latA + latB) / 2) * Math.PI) / 1.8e9);
  return Math.hypot((lonB - lonA) * east, latB - latA) * metresPerE7;
}
