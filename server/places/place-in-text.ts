import { addressOf } from '@/server/domain/fusion-address.ts';
import type { Bbox, Candidate, Gazetteer } from './gazetteer.ts';
import { coordinatesIn, type Datum } from './typed-coordinates.ts';

export const mentionKinds = ['coordinates', 'crossing', 'landmark', 'stake', 'house', 'road', 'area'] as const;
export type MentionKind = (typeof mentionKinds)[number];

/** A place that a story names. `said`: in the caller's words; `candidate`: what is known of it, null where only the words are. */
export type PlaceMention = {
  readonly kind: MentionKind;
  readonly said: string;
  readonly candidate: Candidate | null;
};

const most = 4;
const joint = '(?:与|和|跟|同|及|、|/|到|交)';
const stake = /K\s?(\d{1,4})\s?\+\s?(\d{1,3})/giu;
const house =
  /(\d{1,4}(?:-\d{1,3})?(?:号|弄)(?!楼|线|门|口|厅|馆|车|桥|桩|泵|电梯|机|闸|井|锅|仓|罐|库)(?:(?:院|\d{1,3}(?:栋|幢|座|号楼)))?)/gu;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const bare = ({ name, level }: Candidate) => `${level}/${name}`;

/** Ends of roads' names, longest first, so that 中山北路 is not read as 北路. */
function roadsIn(text: string, gazetteer: Gazetteer): string[] {
  const known = gazetteer
    .namesIn(text)
    .filter(({ candidates }) => candidates[0]?.level === 'road')
    .map(({ said }) => said);
  const words = addressOf(text)
    .roads.map((road) => road.replace(/^.*住/u, ''))
    .filter((road) => !known.some((name) => road.endsWith(name)));
  const stakeRoads = [
    ...text.matchAll(/([GS]\d{1,4}|[\p{Script=Han}]{2,6}(?:高速|国道|省道|快速路|大道|线))\s*(?=K\s?\d)/giu),
  ].map(([, road]) => road!.replace(/^.*(?:在|到|从|往|上|的|沿)/u, ''));
  return [...new Set([...known, ...words, ...stakeRoads])].sort((a, b) => b.length - a.length);
}

function crossingsIn(text: string, roads: readonly string[], gazetteer: Gazetteer): PlaceMention[] {
  return roads.flatMap((first) =>
    roads.flatMap((second): PlaceMention[] => {
      if (first === second || !new RegExp(`${escaped(first)}${joint}${escaped(second)}`, 'u').test(text)) return [];
      const said = `${first}与${second}路口`;
      const found = gazetteer.search(`${first} ${second}`, { limit: 2 }).filter(({ level }) => level === 'crossing');
      return found.length
        ? found.map((candidate) => ({ kind: 'crossing', said, candidate }))
        : [{ kind: 'crossing', said, candidate: null }];
    }),
  );
}

/** What stands behind a road within a few characters: 中山路的18号, 绕城高速往机场方向 K12+300. */
function alongIn(text: string, roads: readonly string[], gazetteer: Gazetteer): PlaceMention[] {
  const of = (kind: 'stake' | 'house', pattern: RegExp, reach: number) =>
    [...text.matchAll(pattern)].map((match): PlaceMention | null => {
      const before = text.slice(Math.max(0, match.index - reach), match.index);
      const road = roads
        .map((name) => ({ name, at: before.lastIndexOf(name) }))
        .filter(({ at }) => at >= 0)
        .sort((a, b) => b.at + b.name.length - (a.at + a.name.length) || b.name.length - a.name.length)[0];
      if (!road && kind === 'house') return null; // a number alone is no place
      const number = kind === 'stake' ? `K${Number(match[1])}+${match[2]!}` : match[0];
      const said = `${road?.name ?? ''}${number}`;
      const candidate = road ? gazetteer.search(said, { limit: 1 })[0] : undefined;
      return { kind, said, candidate: candidate?.level === 'road' ? candidate : null };
    });
  return [...of('stake', stake, 24), ...of('house', house, 14)].filter((one) => one !== null);
}

/**
 * Places that a story names, the most exact first. Proposals only: what the operator has typed or pointed at stays.
 * Among places of one name those in a district that the story names come first.
 */
export function placesIn(
  story: string,
  { gazetteer, bbox, datum = 'wgs84' }: { gazetteer: Gazetteer; bbox: Bbox; datum?: Datum },
): PlaceMention[] {
  const text = story.slice(0, 4_000).normalize('NFKC');
  const coordinates = coordinatesIn(text, { datum, bbox }).flatMap(({ said }): PlaceMention[] => {
    const candidate = gazetteer.search(said, { datum })[0];
    return candidate?.level === 'coordinates' ? [{ kind: 'coordinates', said: candidate.name, candidate }] : [];
  });
  const names = gazetteer.namesIn(text);
  const districts = new Set(
    names.flatMap(({ candidates }) => (candidates[0]?.level === 'district' ? [candidates[0].district] : [])),
  );
  const named = names.flatMap(({ said, candidates }): PlaceMention[] => {
    const inside = candidates.filter(({ district }) => districts.has(district));
    const kind = { landmark: 'landmark', crossing: 'crossing', road: 'road' }[candidates[0]!.level as string] ?? 'area';
    return (inside.length ? inside : candidates).map((candidate) => ({ kind: kind as MentionKind, said, candidate }));
  });
  const roads = roadsIn(text, gazetteer);
  const crossings = crossingsIn(text, roads, gazetteer);
  const along = alongIn(text, roads, gazetteer);
  const unknown = roads
    .filter((road) => !named.some(({ said }) => said === road) && !along.some(({ said }) => said.startsWith(road)))
    .map((said): PlaceMention => ({ kind: 'road', said, candidate: null }));
  const covered = (road: string) => [...crossings, ...along].some(({ said }) => said.includes(road));
  const all = [
    ...coordinates,
    ...crossings,
    ...along,
    ...[...named, ...unknown].filter(({ kind, said }) => kind !== 'road' || !covered(said)),
  ];
  const seen = new Set<string>();
  return all
    .filter(({ kind, said, candidate }) => {
      const key = candidate ? `${bare(candidate)}/${candidate.lonLat ?? candidate.district ?? ''}` : `${kind}/${said}`;
      return !seen.has(key) && Boolean(seen.add(key));
    })
    .sort((a, b) => mentionKinds.indexOf(a.kind) - mentionKinds.indexOf(b.kind))
    .slice(0, most);
}
