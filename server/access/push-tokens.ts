import type { AccessDatabase } from './database.ts';
import { hashSecret, newToken } from './secret.ts';

/** Who a token speaks for; the hash in hex, as the listener compares it. */
export type PushTokenHolder = { readonly feedId: string; readonly department: string; readonly tokenHash: string };
export type PushSource = { readonly feedId: string; readonly name: string; readonly department: string };

type Row = { token_hash: Buffer; feed: string; department: string | null };

export const pushTokenHolders = (database: AccessDatabase): Promise<PushTokenHolder[]> =>
  database.tx(async (query) => {
    const rows = await query<Row>('select token_hash, feed, department from push_token where revoked_at is null');
    return rows.map((row) => ({
      feedId: row.feed,
      department: row.department ?? '',
      tokenHash: row.token_hash.toString('hex'),
    }));
  });

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
