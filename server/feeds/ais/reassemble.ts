import { type Refusal, refuse } from '../refusal.ts';
import type { AisPart, Carrier } from './message.ts';

/** A message goes out in one piece; its sentences are milliseconds apart, and the ids 0–9 come round quickly in a busy port. */
export const partLimits = { groups: 64, idleMs: 5_000 };

type Group = {
  readonly total: number;
  readonly sequence: string;
  readonly channel: string | null;
  readonly station: string | null;
  readonly tagGroup: string | null;
  readonly parts: ReadonlyMap<number, AisPart>;
  readonly at: number;
};

/** The oldest first. */
export type Groups = readonly Group[];
export const noGroups: Groups = [];

export type Reassembled = {
  readonly groups: Groups;
  readonly whole: { readonly payload: string; readonly fill: number; readonly carrier: Carrier } | null;
  readonly expired: readonly Refusal[];
};

export const incomplete = ({ parts, total, sequence, channel }: Group): Refusal =>
  refuse(
    'truncated',
    `message ${sequence || '?'} on channel ${channel ?? '?'}: ${parts.size} of ${total} sentences came`,
  );

/** What a later sentence leaves out does not tell it apart: they often come without channel, station or tag block. */
const agree = (a: string | null, b: string | null, exactly: boolean): boolean =>
  a === b || (!exactly && (a === null || b === null));

function belongs(group: Group, { total, sequence, number, carrier }: AisPart): boolean {
  const exactly = number === 1 && group.parts.has(1);
  return (
    group.total === total &&
    group.sequence === sequence &&
    agree(group.channel, carrier.channel, exactly) &&
    agree(group.station, carrier.station, exactly) &&
    agree(group.tagGroup, carrier.tag?.group?.id ?? null, exactly)
  );
}

/** How soon a sentence that was overtaken by its successor must follow it. */
const overtakenMs = 500;

/**
 * The ids come round every ten messages: a second sentence whose first was lost must not wait for the first of the next message.
 * So sentences join in their order, or at once behind the one that overtook them, or by the group number of a tag block, which does
 * not come round.
 */
function fits(group: Group, part: AisPart, { now, newest }: { now: number; newest: boolean }): boolean {
  if (group.tagGroup !== null && part.carrier.tag?.group) return true;
  if (part.number === group.parts.size + 1 && group.parts.has(1)) return true;
  return newest && part.sequence !== '' && now - group.at <= overtakenMs;
}

/**
 * Puts the sentences of a message together by id, channel, station and group of the tag block. The same sentence again is a second
 * receiver's; another one in its place begins the next message with that id.
 */
export function reassemble(before: Groups, part: AisPart, now: number, limits = partLimits): Reassembled {
  const expired: Refusal[] = [];
  let groups = before.filter((group) => {
    const alive = now - group.at <= limits.idleMs;
    if (!alive) expired.push(incomplete(group));
    return alive;
  });
  const candidates = groups.filter((group) => belongs(group, part));
  const sameStation = candidates.findLast((group) => group.station === part.carrier.station);
  let found = sameStation ?? candidates.at(-1) ?? null;
  const known = found?.parts.get(part.number);
  if (known && known.payload === part.payload && known.fill === part.fill) return { groups, whole: null, expired };
  if (found && (known || !fits(found, part, { now, newest: found === groups.at(-1) }))) {
    expired.push(incomplete(found));
    groups = groups.filter((group) => group !== found);
    found = null;
  }
  const parts = new Map(found?.parts).set(part.number, part);
  groups = groups.filter((group) => group !== found);
  if (parts.size === part.total) return { groups, whole: join(parts), expired };
  const { carrier } = part;
  const group: Group = {
    total: part.total,
    sequence: part.sequence,
    channel: found?.channel ?? carrier.channel,
    station: found?.station ?? carrier.station,
    tagGroup: found?.tagGroup ?? carrier.tag?.group?.id ?? null,
    parts,
    at: now,
  };
  groups = [...groups, group];
  while (groups.length > limits.groups) {
    expired.push(incomplete(groups[0]!));
    groups = groups.slice(1);
  }
  return { groups, whole: null, expired };
}

/** The carrier is the first sentence's; what it does not say may stand in a later one. */
function join(parts: ReadonlyMap<number, AisPart>) {
  const inOrder = Array.from({ length: parts.size }, (_, at) => parts.get(at + 1)!);
  const first = <Name extends keyof Carrier>(name: Name): Carrier[Name] | null =>
    inOrder.find((part) => part.carrier[name] !== null)?.carrier[name] ?? null;
  const carrier: Carrier = {
    ...inOrder[0]!.carrier,
    channel: first('channel'),
    tag: first('tag'),
    heardAt: first('heardAt'),
    station: first('station'),
  };
  return { payload: inOrder.map((part) => part.payload).join(''), fill: inOrder.at(-1)!.fill, carrier };
}
