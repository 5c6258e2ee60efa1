import type { LonLat } from '@/server/domain/place.ts';
import type { ImportedName } from '@/server/places/imported-names.ts';
import type { Tags } from '@/server/places/osm/read-block.ts';
import { type Roads, tailOf } from '@/server/places/roads/roads.ts';
import { readings } from '../jurisdictions.ts';
import { landmarkOf } from './map-feature.ts';

export type NameOptions = { readonly local: Readonly<Record<string, string>> };
type Box = [west: number, south: number, east: number, north: number];
const metresPerDegree = 111_320;
/** Two of the same name nearer than this are one. */
const sameM = 400;
const corner = 5;

/** Gathers named places while an extract is read, and roads and their corners from the finished graph. */
export function createNameCollector({ local }: NameOptions) {
  const places: { name: string; nameEn: string | null; aliases: string[]; kind: string; at: LonLat }[] = [];

  function place(at: LonLat, tags: Tags): void {
    const name = tags.get('name') ?? tags.get('name:zh');
    if (!name || !isReadable(name)) return;
    const settlement = tags.get('place');
    const kind = settlement ? 'settlement' : landmarkOf(tags)?.kind;
    if (!kind) return;
    const aliases = ['alt_name', 'short_name', 'old_name', 'official_name'].flatMap(
      (key) => tags.get(key)?.split(';') ?? [],
    );
    places.push({
      name,
      nameEn: tags.get('name:en') ?? null,
      aliases: aliases.map((alias) => alias.trim()).filter((alias) => alias !== '' && alias !== name),
      kind,
      at,
    });
  }

  return {
    place,
    /** Every name once for each place it names, with its readings. */
    finish(roads: Roads | null): ImportedName[] {
      const named: ImportedName[] = [];
      const seen = new Map<string, LonLat[]>();
      const isNew = (name: string, at: LonLat): boolean => {
        const others = seen.get(name) ?? [];
        if (others.some((other) => apartM(other, at) < sameM)) return false;
        seen.set(name, [...others, at]);
        return true;
      };
      for (const { name, nameEn, aliases, kind, at } of places)
        if (isNew(name, at))
          named.push({
            level: 'landmark',
            name,
            nameEn,
            kind,
            at,
            box: null,
            aliases,
            ...said([name, ...aliases], local),
          });
      if (roads) {
        for (const { name, nameEn, kind, at, major } of roads.crossings)
          if (name && major && isNew(name, at))
            named.push({ level: 'landmark', name, nameEn, kind, at, box: null, aliases: [], ...said([name], local) });
        for (const road of roadNames(roads))
          named.push({ level: 'road', nameEn: null, kind: 'road', aliases: [], ...road, ...said([road.name], local) });
        const spoken = new Map<string, ReturnType<typeof said>>();
        const once = (name: string) => {
          const known = spoken.get(name) ?? said([name], local);
          spoken.set(name, known);
          return known;
        };
        for (const { a, b, at } of corners(roads)) {
          const [first, second] = [once(a), once(b)];
          const both = (x: readonly string[], y: readonly string[]) => [`${x[0]}${y[0]}`, `${y[0]}${x[0]}`];
          named.push({
            level: 'crossing',
            name: `${a}与${b}路口`,
            nameEn: null,
            kind: 'crossing',
            at,
            box: null,
            aliases: [`${a}${b}`, `${b}${a}`, `${b}与${a}`],
            pinyin: both(first.pinyin, second.pinyin),
            initials: both(first.initials, second.initials),
          });
        }
      }
      return named;
    },
  };
}

/** Names that came broken (replacement characters) are no names. */
const isReadable = (name: string) => name.length <= 60 && !/[\uFFFD\p{Cc}]/u.test(name);

function said(names: readonly string[], local: NameOptions['local']) {
  const all = names.map((name) => readings(name.replace(/\s+/g, ''), local));
  return {
    pinyin: [...new Set(all.flatMap((one) => one.pinyin))],
    initials: [...new Set(all.flatMap((one) => one.initials))],
  };
}

const apartM = (a: LonLat, b: LonLat): number =>
  Math.hypot((a[0] - b[0]) * Math.cos((a[1] * Math.PI) / 180), a[1] - b[1]) * metresPerDegree;

/** Each road by name with its extent; the same name far away is another road. */
function roadNames({ name, names, points, pointStart }: Roads): { name: string; at: LonLat; box: Box }[] {
  const pieces = new Map<number, Box[]>();
  for (let segment = 0; segment < name.length; segment += 1) {
    const number = name[segment]!;
    if (number === 0 || !isReadable(names[number]!)) continue;
    const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = pointStart[segment]!; i < pointStart[segment + 1]!; i += 1) {
      const [lon, lat] = [points[i * 2]! / 1e7, points[i * 2 + 1]! / 1e7];
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    }
    const list = pieces.get(number) ?? [];
    pieces.set(number, list);
    list.push(box);
  }
  return [...pieces].flatMap(([number, boxes]) =>
    joined(boxes).map((box) => ({
      name: names[number]!,
      at: [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] as LonLat,
      box,
    })),
  );
}

/** Boxes that touch, within 300 m, made one. */
function joined(boxes: readonly Box[]): Box[] {
  const gap = 300 / metresPerDegree;
  const touch = (a: Box, b: Box) =>
    a[0] - gap <= b[2] && b[0] - gap <= a[2] && a[1] - gap <= b[3] && b[1] - gap <= a[3];
  const whole: Box[] = [];
  for (const box of boxes) {
    let grown: Box = [...box];
    for (;;) {
      const at = whole.findIndex((other) => touch(grown, other));
      if (at < 0) break;
      const [other] = whole.splice(at, 1) as [Box];
      grown = [
        Math.min(grown[0], other[0]),
        Math.min(grown[1], other[1]),
        Math.max(grown[2], other[2]),
        Math.max(grown[3], other[3]),
      ];
    }
    whole.push(grown);
  }
  return whole;
}

/** Where roads of different names meet; corners of the same two within some hundred metres are one. */
function corners(roads: Roads): { a: string; b: string; at: LonLat }[] {
  const { nodes, outStart, outArc, name, names } = roads;
  const pairs = new Map<string, { a: string; b: string; spots: { at: LonLat; count: number }[] }>();
  for (let node = 0; node * 2 < nodes.length; node += 1) {
    const meeting = new Set<number>();
    for (let i = outStart[node]!; i < outStart[node + 1]!; i += 1) {
      const arc = outArc[i]!;
      if (tailOf(roads, arc) === node && name[arc >>> 1]) meeting.add(name[arc >>> 1]!);
    }
    if (meeting.size < 2 || meeting.size > corner) continue;
    const at: LonLat = [nodes[node * 2]! / 1e7, nodes[node * 2 + 1]! / 1e7];
    const list = [...meeting]
      .map((number) => names[number]!)
      .filter(isReadable)
      .sort();
    for (const [i, a] of list.entries())
      for (const b of list.slice(i + 1)) {
        const key = `${a}\n${b}`;
        const pair = pairs.get(key) ?? { a, b, spots: [] };
        pairs.set(key, pair);
        const near = pair.spots.find((spot) => apartM(spot.at, at) < sameM / 2);
        if (!near) pair.spots.push({ at, count: 1 });
        else {
          const { count } = near;
          near.at = [(near.at[0] * count + at[0]) / (count + 1), (near.at[1] * count + at[1]) / (count + 1)];
          near.count += 1;
        }
      }
  }
  return [...pairs.values()].flatMap(({ a, b, spots }) => spots.map(({ at }) => ({ a, b, at })));
}
