import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { lonLat } from '@/server/domain/place.ts';
import type { Roads } from './roads.ts';

/**
 * `roads.bin`, little-endian: magic `ONRG`, version u32, SHA-256 of all that follows (32 bytes), length u32 of a JSON head, the head,
 * then typed arrays, each at a multiple of 8 from the file's beginning. The head tells type and length of each array in this order.
 */
const magic = Buffer.from('ONRG');
export const roadFileVersion = 1;
const bodyAt = 40;

const arrays = {
  nodes: Int32Array,
  from: Uint32Array,
  to: Uint32Array,
  lengthM: Float32Array,
  roadClass: Uint8Array,
  bits: Uint8Array,
  limitKmh: Uint8Array,
  name: Uint32Array,
  way: Float64Array,
  pointStart: Uint32Array,
  points: Int32Array,
  outStart: Uint32Array,
  outArc: Uint32Array,
  inStart: Uint32Array,
  inArc: Uint32Array,
} as const;
type ArrayName = keyof typeof arrays;
const arrayNames = Object.keys(arrays) as ArrayName[];

const count = z.number().int().min(0);
const head = z.object({
  lengths: z.record(z.enum(arrayNames as [ArrayName, ...ArrayName[]]), count),
  names: z.array(z.string()),
  crossings: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      nameEn: z.string().nullable(),
      kind: z.enum(['bridge', 'tunnel']),
      river: z.string(),
      riverEn: z.string().nullable(),
      lengthM: z.number(),
      major: z.boolean(),
      at: lonLat,
      segments: z.array(count),
    }),
  ),
  facts: z.object({
    source: z.string(),
    importedAt: z.number(),
    dataAt: z.number().nullable(),
    bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    islandSegments: count,
  }),
});

export type RoadFileRefusal = {
  readonly refused: 'not-roads' | 'version' | 'checksum' | 'damaged';
  readonly detail: string;
};

const aligned = (at: number) => Math.ceil(at / 8) * 8;

export function packRoads(roads: Roads): Buffer {
  const lengths = Object.fromEntries(arrayNames.map((name) => [name, roads[name].length]));
  const { names, crossings, facts } = roads;
  const text = Buffer.from(JSON.stringify({ lengths, names, crossings, facts }));
  const parts: Buffer[] = [Buffer.alloc(4), text];
  parts[0]!.writeUInt32LE(text.length);
  let at = bodyAt + 4 + text.length;
  for (const name of arrayNames) {
    const { buffer, byteOffset, byteLength } = roads[name];
    parts.push(Buffer.alloc(aligned(at) - at), Buffer.from(buffer, byteOffset, byteLength));
    at = aligned(at) + byteLength;
  }
  const body = Buffer.concat(parts);
  const front = Buffer.alloc(8);
  magic.copy(front);
  front.writeUInt32LE(roadFileVersion, 4);
  return Buffer.concat([front, createHash('sha256').update(body).digest(), body]);
}

export function unpackRoads(bytes: Uint8Array): Roads | RoadFileRefusal {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < bodyAt + 4 || !file.subarray(0, 4).equals(magic))
    return { refused: 'not-roads', detail: 'the file does not begin as a road graph does' };
  const version = file.readUInt32LE(4);
  if (version !== roadFileVersion)
    return { refused: 'version', detail: `it has version ${version}, this program reads ${roadFileVersion}` };
  if (!createHash('sha256').update(file.subarray(bodyAt)).digest().equals(file.subarray(8, bodyAt)))
    return { refused: 'checksum', detail: 'the file is not as it was written' };
  const textLength = file.readUInt32LE(bodyAt);
  const bodyStart = bodyAt + 4 + textLength;
  const parsed = head.safeParse(readJson(file.subarray(bodyAt + 4, bodyStart)));
  if (!parsed.success) return { refused: 'damaged', detail: z.prettifyError(parsed.error) };
  const { lengths, ...rest } = parsed.data;
  const read = {} as Record<ArrayName, (typeof arrays)[ArrayName]['prototype']>;
  let at = bodyStart;
  for (const name of arrayNames) {
    at = aligned(at);
    const size = lengths[name] * arrays[name].BYTES_PER_ELEMENT;
    if (at + size > file.length) return { refused: 'damaged', detail: `${name} is cut off` };
    // A copy: whatever the buffer's own offset was, each array begins at a multiple of its width.
    read[name] = new arrays[name](file.buffer.slice(file.byteOffset + at, file.byteOffset + at + size) as ArrayBuffer);
    at += size;
  }
  const roads = { ...read, ...rest } as Roads;
  const fault = faultOf(roads);
  return fault ? { refused: 'damaged', detail: fault } : roads;
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null; // the schema says what is missing
  }
}

/** The checksum tells damage; this tells a file that was made wrong. */
function faultOf(roads: Roads): string | null {
  const segments = roads.from.length;
  const nodes = roads.nodes.length / 2;
  const perSegment = [roads.to, roads.lengthM, roads.roadClass, roads.bits, roads.name, roads.way];
  if (perSegment.some((of) => of.length !== segments) || roads.pointStart.length !== segments + 1)
    return 'arrays of segments differ in length';
  if (roads.limitKmh.length !== segments * 2) return 'limits are not two a segment';
  for (const [start, arc] of [
    [roads.outStart, roads.outArc],
    [roads.inStart, roads.inArc],
  ] as const)
    if (start.length !== nodes + 1 || arc.length !== segments * 2 || start[nodes] !== arc.length)
      return 'arcs and nodes do not fit';
  if (roads.pointStart[segments] !== roads.points.length / 2) return 'points and segments do not fit';
  if (roads.from.some((node) => node >= nodes) || roads.to.some((node) => node >= nodes)) return 'a node is missing';
  if (roads.crossings.some((crossing) => crossing.segments.some((segment) => segment >= segments)))
    return 'a crossing names a segment that is not there';
  return null;
}

/** In one step, so that a server that reads it meanwhile meets the old file or the new. */
export function writeRoads(path: string, roads: Roads): number {
  const bytes = packRoads(roads);
  const half = `${path}.${process.pid}`;
  writeFileSync(half, bytes);
  renameSync(half, path);
  return bytes.length;
}

/** Null: there is none. */
export const readRoads = (path: string): Roads | RoadFileRefusal | null =>
  existsSync(path) ? unpackRoads(readFileSync(path)) : null;
