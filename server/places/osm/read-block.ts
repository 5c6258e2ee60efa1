import { PbfReader } from 'pbf';

export type Tags = ReadonlyMap<string, string>;
export const noTags: Tags = new Map();

export type Member = { readonly type: 'node' | 'way' | 'relation'; readonly id: number; readonly role: string };
/** What a reader of blocks is called with; kinds it does not name are not decoded. Positions in 1e-7 degrees. */
export type BlockVisitor = {
  node?: (id: number, lonE7: number, latE7: number, tags: Tags) => void;
  way?: (id: number, refs: readonly number[], tags: Tags) => void;
  relation?: (id: number, members: readonly Member[], tags: Tags) => void;
};

type Frame = { strings: string[]; granularity: number; latOffset: number; lonOffset: number };
const memberTypes = ['node', 'way', 'relation'] as const;

/** One PrimitiveBlock. Throws on damage; the file's reader says where. */
export function readBlock(bytes: Uint8Array, visit: BlockVisitor): void {
  const frame: Frame = { strings: [], granularity: 100, latOffset: 0, lonOffset: 0 };
  const groups: [from: number, to: number][] = [];
  const block = new PbfReader(bytes);
  block.readFields((tag, into, pbf) => {
    if (tag === 1) into.strings = readStrings(pbf.readBytes());
    else if (tag === 2) {
      const end = pbf.readVarint() + pbf.pos;
      groups.push([pbf.pos, end]);
      pbf.pos = end;
    } else if (tag === 17) into.granularity = pbf.readVarint();
    else if (tag === 19) into.latOffset = pbf.readVarint(true);
    else if (tag === 20) into.lonOffset = pbf.readVarint(true);
  }, frame);
  for (const [from, to] of groups) {
    if (to > bytes.length) throw new Error('a group is longer than its block');
    const group = new PbfReader(bytes.subarray(from, to));
    group.readFields((tag, _into, pbf) => {
      if (tag === 1 && visit.node) readNode(pbf.readBytes(), frame, visit.node);
      else if (tag === 2 && visit.node) readDense(pbf.readBytes(), frame, visit.node);
      else if (tag === 3 && visit.way) readWay(pbf.readBytes(), frame, visit.way);
      else if (tag === 4 && visit.relation) readRelation(pbf.readBytes(), frame, visit.relation);
    }, null);
  }
}

function readStrings(bytes: Uint8Array): string[] {
  const strings: string[] = [];
  new PbfReader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1) into.push(pbf.readString());
  }, strings);
  return strings;
}

function tagsOf({ strings }: Frame, keys: readonly number[], values: readonly number[]): Tags {
  if (keys.length === 0) return noTags;
  const tags = new Map<string, string>();
  for (let i = 0; i < keys.length; i += 1) tags.set(strings[keys[i]!] ?? '', strings[values[i]!] ?? '');
  return tags;
}

const toE7 = (value: number, offset: number, granularity: number) => Math.round((offset + granularity * value) / 100);

function readNode(bytes: Uint8Array, frame: Frame, tell: NonNullable<BlockVisitor['node']>): void {
  const of = { id: 0, lat: 0, lon: 0, keys: [] as number[], values: [] as number[] };
  new PbfReader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1) into.id = pbf.readSVarint();
    else if (tag === 2) pbf.readPackedVarint(into.keys);
    else if (tag === 3) pbf.readPackedVarint(into.values);
    else if (tag === 8) into.lat = pbf.readSVarint();
    else if (tag === 9) into.lon = pbf.readSVarint();
  }, of);
  const { granularity, latOffset, lonOffset } = frame;
  tell(
    of.id,
    toE7(of.lon, lonOffset, granularity),
    toE7(of.lat, latOffset, granularity),
    tagsOf(frame, of.keys, of.values),
  );
}

function readDense(bytes: Uint8Array, frame: Frame, tell: NonNullable<BlockVisitor['node']>): void {
  const of = { ids: [] as number[], lats: [] as number[], lons: [] as number[], keysValues: [] as number[] };
  new PbfReader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1) pbf.readPackedSVarint(into.ids);
    else if (tag === 8) pbf.readPackedSVarint(into.lats);
    else if (tag === 9) pbf.readPackedSVarint(into.lons);
    else if (tag === 10) pbf.readPackedVarint(into.keysValues);
  }, of);
  if (of.lats.length !== of.ids.length || of.lons.length !== of.ids.length)
    throw new Error('dense nodes of unequal length');
  const { granularity, latOffset, lonOffset, strings } = frame;
  let [id, lat, lon, at] = [0, 0, 0, 0];
  for (let i = 0; i < of.ids.length; i += 1) {
    id += of.ids[i]!;
    lat += of.lats[i]!;
    lon += of.lons[i]!;
    let tags: Map<string, string> | null = null;
    for (; at < of.keysValues.length && of.keysValues[at] !== 0; at += 2) {
      tags ??= new Map();
      tags.set(strings[of.keysValues[at]!] ?? '', strings[of.keysValues[at + 1]!] ?? '');
    }
    at += 1; // the zero that ends a node's tags
    tell(id, toE7(lon, lonOffset, granularity), toE7(lat, latOffset, granularity), tags ?? noTags);
  }
}

function readWay(bytes: Uint8Array, frame: Frame, tell: NonNullable<BlockVisitor['way']>): void {
  const of = { id: 0, keys: [] as number[], values: [] as number[], refs: [] as number[] };
  new PbfReader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1) into.id = pbf.readVarint(true);
    else if (tag === 2) pbf.readPackedVarint(into.keys);
    else if (tag === 3) pbf.readPackedVarint(into.values);
    else if (tag === 8) pbf.readPackedSVarint(into.refs);
  }, of);
  for (let i = 1; i < of.refs.length; i += 1) of.refs[i]! += of.refs[i - 1]!;
  tell(of.id, of.refs, tagsOf(frame, of.keys, of.values));
}

function readRelation(bytes: Uint8Array, frame: Frame, tell: NonNullable<BlockVisitor['relation']>): void {
  const of = {
    id: 0,
    keys: [] as number[],
    values: [] as number[],
    roles: [] as number[],
    ids: [] as number[],
    types: [] as number[],
  };
  new PbfReader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1) into.id = pbf.readVarint(true);
    else if (tag === 2) pbf.readPackedVarint(into.keys);
    else if (tag === 3) pbf.readPackedVarint(into.values);
    else if (tag === 8) pbf.readPackedVarint(into.roles);
    else if (tag === 9) pbf.readPackedSVarint(into.ids);
    else if (tag === 10) pbf.readPackedVarint(into.types);
  }, of);
  let id = 0;
  const members = of.ids.map((delta, i): Member => {
    id += delta;
    return { type: memberTypes[of.types[i]!] ?? 'node', id, role: frame.strings[of.roles[i]!] ?? '' };
  });
  tell(of.id, members, tagsOf(frame, of.keys, of.values));
}
