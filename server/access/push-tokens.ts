import { setTimeout as sleep } from 'node:timers/promises';
import type { AccessDatabase } from './database.ts';
import { hashSecret, newToken } from './secret.ts';

export type PushPrincipal = { readonly feedId: string; readonly department: string };
export type PushTokenView = {
  readonly id: string;
  readonly feed: string;
  readonly name: string;
  readonly department: string | null;
  readonly createdAt: number;
  readonly seenAt: number | null;
};
export type PushSource = { readonly feedId: string; readonly name: string; readonly department: string };

type Row = { token_hash: Buffer; feed: string; department: string | null };

const heldMs = 3_000;
const patienceMs = 300;
const seenEveryMs = 60_000;

/**
 * Who speaks with this token. Found by its hash, so how long it takes says nothing about a token that is nearly right. The table is read
 * again every few seconds; while the database is gone those who were known are known still, and are told that nothing is stored.
 */
export function createPushAuthenticator(
  database: AccessDatabase,
  now: () => number,
): (token: string) => Promise<PushPrincipal | null> {
  let held = new Map<string, PushPrincipal>();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;
  const seenAt = new Map<string, number>();

  const read = (): Promise<void> => {
    reading ??= database
      .tx((query) => query<Row>('select token_hash, feed, department from push_token where revoked_at is null'))
      .then(
        (rows) => {
          held = new Map(
            rows.map((row) => [row.token_hash.toString('hex'), { feedId: row.feed, department: row.department ?? '' }]),
          );
          readAt = now();
        },
        () => undefined, // the database is gone; see above
      )
      .finally(() => {
        reading = null;
      });
    return reading;
  };

  const note = (hash: Buffer, key: string): void => {
    if (now() - (seenAt.get(key) ?? 0) < seenEveryMs) return;
    seenAt.set(key, now());
    const write = database.tx((query) =>
      query('update push_token set seen_at = $2 where token_hash = $1', [hash, now()]),
    );
    write.catch(() => undefined); // a mark for the list of tokens only
  };

  return async (token) => {
    // A database that hangs holds up nobody who is known.
    if (now() - readAt > heldMs) await Promise.race([read(), sleep(patienceMs)]);
    const hash = hashSecret(token);
    const key = hash.toString('hex');
    const found = held.get(key) ?? null;
    if (found) note(hash, key);
    return found;
  };
}

/** A new token for each source, in the clear this once; those that this issuer made before are worth nothing from now on. */
export const issuePushTokens = (
  database: AccessDatabase,
  issuer: string,
  of: { readonly sources: readonly PushSource[]; readonly now: number; readonly newId: () => string },
): Promise<Record<string, string>> =>
  database.tx(async (query) => {
    await query('update push_token set revoked_at = $2 where starts_with(id, $1) and revoked_at is null', [
      `${issuer}/`,
      of.now,
    ]);
    const tokens: Record<string, string> = {};
    for (const source of of.sources) {
      const token = newToken();
      tokens[source.feedId] = token;
      await query(
        'insert into push_token (token_hash, id, feed, name, department, created_at) values ($1, $2, $3, $4, $5, $6)',
        [hashSecret(token), `${issuer}/${of.newId()}`, source.feedId, source.name, source.department, of.now],
      );
    }
    return tokens;
  });

type ViewRow = {
  id: string;
  feed: string;
  name: string;
  department: string | null;
  created_at: number;
  seen_at: number | null;
};

export const listPushTokens = (database: AccessDatabase): Promise<PushTokenView[]> =>
  database.tx(async (query) => {
    const rows = await query<ViewRow>(
      `select id, feed, name, department, created_at, seen_at from push_token where revoked_at is null
       order by feed, created_at limit 1000`,
    );
    return rows.map(({ created_at: createdAt, seen_at: seenAt, ...of }) => ({ ...of, createdAt, seenAt }));
  });

export const issuePushToken = (
  database: AccessDatabase,
  of: { readonly source: PushSource; readonly now: number; readonly id: string },
): Promise<string> =>
  database.tx(async (query) => {
    const token = newToken();
    const { feedId, name, department } = of.source;
    await query(
      'insert into push_token (token_hash, id, feed, name, department, created_at) values ($1, $2, $3, $4, $5, $6)',
      [hashSecret(token), of.id, feedId, name, department, of.now],
    );
    return token;
  });

export const revokePushToken = (database: AccessDatabase, id: string, now: number): Promise<boolean> =>
  database.tx(
    async (query) =>
      (await query('update push_token set revoked_at = $2 where id = $1 and revoked_at is null returning 1', [id, now]))
        .length > 0,
  );
