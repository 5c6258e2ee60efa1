import type { Actor } from '@/server/domain/role.ts';
import type { Query } from '@/server/store/store.ts';
import { type AccountRow, accountColumns, actorOf } from './account.ts';
import { hashSecret, newToken } from './secret.ts';

/** `id` is the hash of the token: it names a session and opens nothing. */
export type Session = {
  readonly id: string;
  /** As the browser sent it; empty where the session was found by its id. */
  readonly token: string;
  readonly actor: Actor;
  readonly demo: boolean;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
};

export type SessionView = Omit<Session, 'actor' | 'demo' | 'token'> & {
  readonly address: string | null;
  readonly agent: string | null;
  readonly current: boolean;
};

type Terms = { readonly idleMs: number; readonly absoluteMs: number; readonly renewed: boolean };

const hour = 3_600_000;
/** A shift and its handover. A screen that is open counts as in use. */
export const personTerms: Terms = { idleMs: hour, absoluteMs: 12 * hour, renewed: false };
/** A wall renews itself without a person (PRODUCT.md §9); one that was off for a month signs in anew. */
export const wallTerms: Terms = { idleMs: 30 * 24 * hour, absoluteMs: 90 * 24 * hour, renewed: true };

export const termsOf = (roles: readonly string[]): Terms =>
  roles.length > 0 && roles.every((role) => role === 'wall') ? wallTerms : personTerms;

const touchEveryMs = 60_000;
/** Ended sessions are kept this long: they tell from where an account usually signs in. */
const keptMs = 30 * 24 * hour;

type SessionRow = AccountRow & {
  token_hash: Buffer;
  session_created: number;
  seen_at: number;
  expires_at: number;
};

const found = `select ${accountColumns}, session.token_hash, session.created_at as session_created, session.seen_at,
    session.expires_at from session join account on account.id = session.account_id
  where session.revoked_at is null and session.expires_at > $2 and not account.disabled`;

async function judged(query: Query, row: SessionRow, now: number, token = ''): Promise<Session | null> {
  const terms = termsOf(row.roles);
  if (now - row.seen_at > terms.idleMs) return null;
  let { seen_at: seenAt, expires_at: expiresAt } = row;
  if (now - seenAt > touchEveryMs) {
    seenAt = now;
    if (terms.renewed) expiresAt = now + terms.absoluteMs;
    await query('update session set seen_at = $2, expires_at = $3 where token_hash = $1 and revoked_at is null', [
      row.token_hash,
      seenAt,
      expiresAt,
    ]);
  }
  return {
    id: row.token_hash.toString('hex'),
    token,
    actor: actorOf(row),
    demo: row.demo,
    createdAt: row.session_created,
    seenAt,
    expiresAt,
  };
}

export async function openSession(
  query: Query,
  of: { account: AccountRow; now: number; address: string; agent: string | null },
): Promise<{ token: string; maxAgeS: number }> {
  const token = newToken();
  const { absoluteMs } = termsOf(of.account.roles);
  await query(
    `insert into session (token_hash, account_id, created_at, seen_at, expires_at, address, agent)
     values ($1, $2, $3, $3, $4, $5, $6)`,
    [hashSecret(token), of.account.id, of.now, of.now + absoluteMs, of.address, of.agent?.slice(0, 300) ?? null],
  );
  return { token, maxAgeS: Math.floor(absoluteMs / 1000) };
}

export async function findSession(query: Query, token: string, now: number): Promise<Session | null> {
  const rows = await query<SessionRow>(`${found} and session.token_hash = $1`, [hashSecret(token), now]);
  return rows[0] ? judged(query, rows[0], now, token) : null;
}

export async function findSessions(query: Query, ids: readonly string[], now: number): Promise<Session[]> {
  const hashes = ids.filter((id) => /^[0-9a-f]{64}$/.test(id)).map((id) => Buffer.from(id, 'hex'));
  const rows = await query<SessionRow>(`${found} and session.token_hash = any($1::bytea[])`, [hashes, now]);
  const held: Session[] = [];
  for (const row of rows) {
    const session = await judged(query, row, now);
    if (session) held.push(session);
  }
  return held;
}

/** All of an account's that hold, the newest first. */
export async function listSessions(query: Query, account: string, now: number, own: string): Promise<SessionView[]> {
  type Row = {
    token_hash: Buffer;
    created_at: number;
    seen_at: number;
    expires_at: number;
    address: string;
    agent: string;
  };
  const rows = await query<Row>(
    `select token_hash, created_at, seen_at, expires_at, address, agent from session
     where account_id = $1 and revoked_at is null and expires_at > $2 order by created_at desc limit 200`,
    [account, now],
  );
  return rows.map((row) => {
    const id = row.token_hash.toString('hex');
    const { created_at: createdAt, seen_at: seenAt, expires_at: expiresAt, address, agent } = row;
    return { id, createdAt, seenAt, expiresAt, address, agent, current: id === own };
  });
}

type Ended = { token_hash: Buffer };
const idsOf = (rows: readonly Ended[]): string[] => rows.map((row) => row.token_hash.toString('hex'));

/** Gives the ids that were ended, so that their sockets are cut at once. */
export async function endSession(query: Query, account: string, id: string, now: number): Promise<string[]> {
  return idsOf(
    await query<Ended>(
      `update session set revoked_at = $3 where token_hash = decode($2, 'hex') and account_id = $1 and revoked_at is null
       returning token_hash`,
      [account, id, now],
    ),
  );
}

export async function endSessions(
  query: Query,
  account: string,
  now: number,
  except: string | null,
): Promise<string[]> {
  return idsOf(
    await query<Ended>(
      `update session set revoked_at = $2 where account_id = $1 and revoked_at is null
         and ($3::text is null or token_hash <> decode($3, 'hex')) returning token_hash`,
      [account, now, except],
    ),
  );
}

export async function signedInFrom(query: Query, account: string, address: string, now: number): Promise<boolean> {
  const rows = await query('select 1 from session where account_id = $1 and address = $2 and created_at > $3 limit 1', [
    account,
    address,
    now - keptMs,
  ]);
  return rows.length > 0;
}

export const forgetSessions = (query: Query, now: number): Promise<unknown> =>
  query('delete from session where expires_at < $1', [now - keptMs]);
