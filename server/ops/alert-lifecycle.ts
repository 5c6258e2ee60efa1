import type { AlertRecord } from '@/server/wire/record.ts';

/** How an alert stands because of the messages known so far. Expiry is a matter of the clock and is asked for apart. */
export type AlertState = 'inForce' | 'superseded' | 'cancelled';

/** What has to be remembered of one alert record. Acks, errors and cancels are remembered too: they may come before what they speak of. */
export type AlertStanding = {
  readonly dedupeKey: string;
  /** `sender,identifier,sent`: several infos of one message share it. */
  readonly reference: string;
  readonly sender: string;
  readonly status: AlertRecord['status'];
  readonly msgType: AlertRecord['msgType'];
  readonly references: readonly string[];
  /** Null: no end is stated and no default life was given. */
  readonly endsAt: number | null;
  readonly state: AlertState;
  /** The reference of the message that ended it. */
  readonly by: string | null;
};

export type AlertChange = {
  readonly dedupeKey: string;
  readonly state: 'superseded' | 'cancelled';
  readonly by: string;
};

export type Settled = {
  /** `notice`: a Cancel, Ack or Error, which is never itself in force. */
  readonly outcome: 'inForce' | 'superseded' | 'cancelled' | 'expired' | 'duplicate' | 'notice';
  /** What to remember; null for a duplicate. */
  readonly standing: AlertStanding | null;
  /** What becomes of alerts known before. */
  readonly changes: readonly AlertChange[];
  /** References to messages not seen (yet). */
  readonly unknown: readonly string[];
};

/** The reference inside a dedupe key: an info's suffix comes after the last `#`, and neither it nor a time holds a comma. */
export const referenceOf = (dedupeKey: string) => dedupeKey.replace(/#[^,#]*$/, '');

type Named = { readonly sender: string; readonly identifier: string; readonly sent: string };

function named(reference: string): Named | null {
  const [sender, identifier, sent, ...rest] = reference.split(',');
  return sender && identifier && sent && rest.length === 0 ? { sender, identifier, sent } : null;
}

/** One instant may be written with two zones; without a zone it is Beijing time (Chinese profile). */
const instant = (sent: string): number | string => {
  const time = sent.trim();
  const at = Date.parse(/(Z|[+-]\d{2}:?\d{2})$/i.test(time) ? time : `${time}+08:00`);
  return Number.isNaN(at) ? sent : at;
};

/** Whether `reference`, as `from` wrote it, means the message `of`. A bare identifier (Chinese profile) means one of the same sender. */
function means(reference: string, from: string, of: string): boolean {
  if (reference === of) return true;
  const target = named(of);
  if (!target) return false;
  const wanted = named(reference);
  if (!wanted) return !reference.includes(',') && reference === target.identifier && from === target.sender;
  return (
    wanted.sender === target.sender &&
    wanted.identifier === target.identifier &&
    instant(wanted.sent) === instant(target.sent)
  );
}

type Said = { readonly sender: string; readonly reference: string };

/**
 * Updates and cancels of the Chinese profile name the first message of an event and no other, so that they mean every earlier message
 * that names the same one as well.
 */
function meansToo(reference: string, from: Said, of: Said & { readonly references: readonly string[] }): boolean {
  if (reference.includes(',') || from.sender !== of.sender || !of.references.includes(reference)) return false;
  const [earlier, later] = [of, from].map((said) => instant(named(said.reference)?.sent ?? ''));
  return typeof earlier === 'number' && typeof later === 'number' && earlier < later;
}

/** Exercises, tests and drafts live in a world of their own: a test never ends an actual warning, nor the other way round. */
const ends = (ender: Pick<AlertStanding, 'status' | 'msgType'>, of: Pick<AlertStanding, 'status'>) =>
  ender.status === of.status && (ender.msgType === 'Update' || ender.msgType === 'Cancel');

const endingState = (msgType: AlertRecord['msgType']) => (msgType === 'Cancel' ? 'cancelled' : 'superseded');
const isNotice = (msgType: AlertRecord['msgType']) => msgType === 'Cancel' || msgType === 'Ack' || msgType === 'Error';

/**
 * Where a newly arrived alert leaves everything known. The result does not hang on the order of arrival: a Cancel that came before
 * its alert, or an Update overtaking the one before it, ends in the same picture. `known` is what one feed has sent.
 */
export function settleAlert(
  known: readonly AlertStanding[],
  incoming: AlertRecord,
  clock: { readonly now: number; readonly defaultLifeMs: number | null },
): Settled {
  if (known.some((standing) => standing.dedupeKey === incoming.dedupeKey))
    return { outcome: 'duplicate', standing: null, changes: [], unknown: [] };

  const reference = referenceOf(incoming.dedupeKey);
  const sender = incoming.subject.key;
  const said = { sender, reference };
  const candidate = { status: incoming.status, msgType: incoming.msgType };

  const enders = known.filter(
    (standing) =>
      standing.reference !== reference &&
      ends(standing, candidate) &&
      standing.references.some(
        (one) =>
          means(one, standing.sender, reference) ||
          meansToo(one, standing, { ...said, references: incoming.references }),
      ),
  );
  const ender = enders.find((standing) => standing.msgType === 'Cancel') ?? enders[0];

  const endsOthers = ends(candidate, candidate);
  const meant = incoming.references.map((one) => ({
    one,
    targets: known.filter(
      (standing) =>
        standing.reference !== reference && (means(one, sender, standing.reference) || meansToo(one, said, standing)),
    ),
  }));
  const changes: AlertChange[] = [];
  for (const target of new Set(meant.flatMap(({ targets }) => targets))) {
    if (!endsOthers || !ends(candidate, target) || isNotice(target.msgType)) continue;
    const state = endingState(incoming.msgType);
    // A cancel is stronger than an update, whichever came first.
    const stronger = target.state === 'inForce' || (target.state === 'superseded' && state === 'cancelled');
    if (stronger) changes.push({ dedupeKey: target.dedupeKey, state, by: reference });
  }

  const endsAt = alertEndsAt(incoming, clock.defaultLifeMs);
  const state: AlertState = ender ? endingState(ender.msgType) : 'inForce';
  const standing: AlertStanding = {
    dedupeKey: incoming.dedupeKey,
    reference,
    sender,
    ...candidate,
    references: incoming.references,
    endsAt,
    state,
    by: ender?.reference ?? null,
  };
  const over = endsAt !== null && endsAt <= clock.now;
  const outcome = isNotice(incoming.msgType) ? 'notice' : state !== 'inForce' ? state : over ? 'expired' : 'inForce';
  return {
    outcome,
    standing,
    changes,
    unknown: meant.filter(({ targets }) => targets.length === 0).map(({ one }) => one),
  };
}

/** When it stops by itself: what it says, else a default life from the latest of its own times. */
export function alertEndsAt(alert: AlertRecord, defaultLifeMs: number | null): number | null {
  if (alert.expiresAt !== null) return alert.expiresAt;
  const begun = Math.max(alert.sourceAt ?? 0, alert.effectiveAt ?? 0, alert.onsetAt ?? 0);
  return defaultLifeMs === null || begun === 0 ? null : begun + defaultLifeMs;
}

/** Alerts whose time ran out by `now` and which nothing else has ended. */
export const expiredAlerts = (known: readonly AlertStanding[], now: number): readonly AlertStanding[] =>
  known.filter(
    (standing) =>
      standing.state === 'inForce' && !isNotice(standing.msgType) && standing.endsAt !== null && standing.endsAt <= now,
  );

/** The standings after `settled`: for callers that keep them in memory. */
export function withSettled(known: readonly AlertStanding[], settled: Settled): AlertStanding[] {
  const changed = new Map(settled.changes.map((change) => [change.dedupeKey, change]));
  const next = known.map((standing) => {
    const change = changed.get(standing.dedupeKey);
    return change ? { ...standing, state: change.state, by: change.by } : standing;
  });
  return settled.standing ? [...next, settled.standing] : next;
}
