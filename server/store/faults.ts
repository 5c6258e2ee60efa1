/** What an error from the database means for the command that met it. */
export type Fault =
  /** Two met; the same again may well succeed. */
  | 'conflict'
  /** No answer from the database, or it is going down. */
  | 'gone'
  /** It answers but cannot store: disk full, read-only, out of connections or memory. */
  | 'cannot-store'
  /** Row-level security or a missing right. */
  | 'forbidden'
  /** A character that PostgreSQL cannot keep (NUL, half a surrogate pair). */
  | 'unstorable-text'
  | 'too-large'
  /** Anything else is a bug. */
  | 'bug';

const byCode: Record<string, Fault> = {
  '40001': 'conflict',
  '40P01': 'conflict',
  '23505': 'conflict',
  '55P03': 'conflict',
  '42501': 'forbidden',
  '22P05': 'unstorable-text',
  '22021': 'unstorable-text',
  '54000': 'too-large',
  '25006': 'cannot-store',
  '57014': 'cannot-store',
};

export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

export function faultOf(error: unknown): Fault {
  if (error instanceof StoreUnavailable) return 'gone';
  const { code, message = '', routine } = error as { code?: string; message?: string; routine?: string };
  if (code === '22P02' && routine?.includes('json')) return 'unstorable-text';
  const known = code === undefined ? undefined : byCode[code];
  if (known) return known;
  if (code?.length === 5) {
    if (code.startsWith('08') || code.startsWith('57P')) return 'gone';
    if (code.startsWith('53')) return 'cannot-store';
  }
  if (/^E[A-Z]+$/.test(code ?? '')) return 'gone';
  return /connection|timeout|not queryable|terminated|ended|closed/i.test(message) && code === undefined
    ? 'gone'
    : 'bug';
}
