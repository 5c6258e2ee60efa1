import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';

type Tagged = { readonly id: number; readonly tags?: Readonly<Record<string, string>> };
export type OsmSketch = {
  readonly nodes?: readonly (Tagged & { readonly at: readonly [lon: number, lat: number] })[];
  readonly ways?: readonly (Tagged & { readonly nodes: readonly number[] })[];
  readonly relations?: readonly (Tagged & {
    readonly members: readonly {
      readonly type: 'node' | 'way' | 'relation';
      readonly id: number;
      readonly role: string;
    }[];
  })[];
  readonly dense?: boolean;
  readonly raw?: boolean;
  readonly features?: readonly string[];
  /** Which blocks in which order. */
  readonly order?: readonly ('nodes' | 'ways' | 'relations')[];
};

const memberTypes = ['node', 'way', 'relation'];

/** An `.osm.pbf` by hand, to read it back: written after the format's description, not after our reader. */
export function writeOsm(sketch: OsmSketch): Buffer {
  const header = new PbfWriter();
  for (const feature of sketch.features ?? ['OsmSchema-V0.6', 'DenseNodes']) header.writeStringField(4, feature);
  header.writeVarintField(32, 1_700_000_000);
  const blocks = (sketch.order ?? ['nodes', 'ways', 'relations']).map((kind) => dataBlock(sketch, kind));
  return Buffer.concat([
    blob('OSMHeader', header.finish(), sketch.raw ?? false),
    ...blocks.map((block) => blob('OSMData', block, sketch.raw ?? false)),
  ]);
}

function blob(type: string, bytes: Uint8Array, raw: boolean): Buffer {
  const content = new PbfWriter();
  if (raw) content.writeBytesField(1, bytes);
  else {
    content.writeVarintField(2, bytes.length);
    content.writeBytesField(3, deflateSync(bytes));
  }
  const body = content.finish();
  const head = new PbfWriter();
  head.writeStringField(1, type);
  head.writeVarintField(3, body.length);
  const headBytes = head.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(headBytes.length);
  return Buffer.concat([length, headBytes, body]);
}

function dataBlock(sketch: OsmSketch, kind: 'nodes' | 'ways' | 'relations'): Uint8Array {
  const strings = new Map<string, number>([['', 0]]);
  const numberOf = (text: string): number => {
    if (!strings.has(text)) strings.set(text, strings.size);
    return strings.get(text)!;
  };
  const group = new PbfWriter();
  const tagsInto = (pbf: PbfWriter, tags: Readonly<Record<string, string>> = {}) => {
    pbf.writePackedVarint(2, Object.keys(tags).map(numberOf));
    pbf.writePackedVarint(3, Object.values(tags).map(numberOf));
  };
  const e7 = (degrees: number) => Math.round(degrees * 1e7);
  const deltas = (values: readonly number[]) => values.map((value, i) => value - (values[i - 1] ?? 0));
  const nodes = kind === 'nodes' ? (sketch.nodes ?? []) : [];
  if (nodes.length && sketch.dense !== false)
    group.writeMessage(
      2,
      (_, pbf) => {
        pbf.writePackedSVarint(1, deltas(nodes.map(({ id }) => id)));
        pbf.writePackedSVarint(8, deltas(nodes.map(({ at }) => e7(at[1]))));
        pbf.writePackedSVarint(9, deltas(nodes.map(({ at }) => e7(at[0]))));
        pbf.writePackedVarint(
          10,
          nodes.flatMap(({ tags = {} }) => [...Object.entries(tags).flat().map(numberOf), 0]),
        );
      },
      null,
    );
  else
    for (const { id, at, tags } of nodes)
      group.writeMessage(
        1,
        (_, pbf) => {
          pbf.writeSVarintField(1, id);
          tagsInto(pbf, tags);
          pbf.writeSVarintField(8, e7(at[1]));
          pbf.writeSVarintField(9, e7(at[0]));
        },
        null,
      );
  for (const { id, nodes: refs, tags } of kind === 'ways' ? (sketch.ways ?? []) : [])
    group.writeMessage(
      3,
      (_, pbf) => {
        pbf.writeVarintField(1, id);
        tagsInto(pbf, tags);
        pbf.writePackedSVarint(8, deltas(refs));
      },
      null,
    );
  for (const { id, members, tags } of kind === 'relations' ? (sketch.relations ?? []) : [])
    group.writeMessage(
      4,
      (_, pbf) => {
        pbf.writeVarintField(1, id);
        tagsInto(pbf, tags);
        pbf.writePackedVarint(
          8,
          members.map(({ role }) => numberOf(role)),
        );
        pbf.writePackedSVarint(9, deltas(members.map((member) => member.id)));
        pbf.writePackedVarint(
          10,
          members.map(({ type }) => memberTypes.indexOf(type)),
        );
      },
      null,
    );
  const groupBytes = group.finish();
  const block = new PbfWriter();
  block.writeMessage(
    1,
    (_, pbf) => {
      for (const text of strings.keys()) pbf.writeBytesField(1, Buffer.from(text, 'utf8'));
    },
    null,
  );
  block.writeBytesField(2, groupBytes);
  return block.finish();
}
