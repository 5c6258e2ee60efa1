import type pg from 'pg';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { planWrites } from './append.ts';
import { commandTx, hashOf, type NamedQuery } from './command-tx.ts';
import { withConnection } from './connection.ts';
import { type Fault, faultOf } from './faults.ts';
import { identityStatement } from './identity.ts';
import type { CommandHead, Outcome, Tx } from './store.ts';
import { insertCommand, writeStatements } from './write-statements.ts';

export type CommandOptions = {
  readonly pool: pg.Pool;
  readonly clock: () => number;
  /** Called right after a commit that appended events. */
  readonly committed: () => void;
  readonly patienceMs?: number;
};

type Prior = { actor_id: string; input_hash: Buffer; answer: string };
type Ended<A> = { answer: A | Refused };
type Run = {
  readonly deadline: number;
  committing: boolean;
  /** What an attempt that met others had locked: the next one locks it first and in order, so that it cannot meet again. */
  readonly touched: Set<string>;
};

const longest = 6;
/** Longer in line, and the sender is told to come again. */
const longestTurnMs = 10_000;

/** Keys in one order: the same input has the same hash however the client wrote it. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value ?? null, (_key, held: unknown) =>
    held !== null && typeof held === 'object' && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

const queryOn =
  (client: pg.PoolClient): NamedQuery =>
  async <Row extends object>(sql: string, params: readonly unknown[] = [], name?: string) =>
    (await client.query({ text: sql, values: params as unknown[], ...(name ? { name } : {}) })).rows as Row[];

export function commandRunner(options: CommandOptions) {
  const patienceMs = options.patienceMs ?? 2_900;

  async function attempt<A>(
    head: CommandHead,
    inputHash: Buffer,
    work: (tx: Tx) => Promise<Outcome<A>>,
    run: Run,
  ): Promise<Ended<A>> {
    return withConnection(options.pool, run.deadline, async (client) => {
      const now = options.clock();
      const begun = await Promise.all([
        client.query('begin'),
        client.query(identityStatement(head.actor)),
        client.query<Prior>({
          name: 'prior',
          text: 'select actor_id, input_hash, answer::text as answer from command where id = $1',
          values: [head.id],
        }),
      ]);
      const prior = begun[2].rows[0];
      if (prior) {
        await client.query('rollback');
        const same = prior.actor_id === head.actor.id && inputHash.equals(prior.input_hash);
        return { answer: same ? (JSON.parse(prior.answer) as A) : refused('command_conflict', head.id) };
      }

      // Before any row: who holds rows never waits for this, so nobody waits in a circle.
      if (head.serial)
        await client.query({
          name: 'serial',
          text: "select pg_advisory_xact_lock(hashtextextended('serial/' || $1, 0))",
          values: [head.serial],
        });
      const { tx, held, lock } = commandTx(queryOn(client), { id: head.id, actor: head.actor, now }, run.touched);
      if (run.touched.size) await lock([...run.touched]);
      const outcome = await work(tx);
      const events = wasRefused(outcome) ? [] : outcome.events;
      const answer = wasRefused(outcome) ? outcome : outcome.answer;
      await lock(events.map((event) => event.stream));
      const writes = planWrites(events, held, { commandId: head.id, actor: head.actor, now });
      const answerText = JSON.stringify(answer ?? null);
      const command = insertCommand({
        id: head.id,
        actorId: head.actor.id,
        name: head.name,
        inputHash,
        answer: answerText,
        at: now,
      });

      // One flight to the server: where a statement fails the rest fails too, and COMMIT answers ROLLBACK.
      run.committing = true;
      const flight = await Promise.allSettled([
        ...[command, ...writeStatements(writes)].map((statement) => client.query({ ...statement })),
        client.query('commit'),
      ]);
      const failed = flight.find((result) => result.status === 'rejected');
      if (failed) {
        run.committing = faultOf(failed.reason) === 'gone';
        throw failed.reason;
      }
      run.committing = false;
      const last = flight.at(-1);
      if (last?.status !== 'fulfilled' || last.value.command !== 'COMMIT')
        throw new Error(`command ${head.name} was not committed: an error inside its work was swallowed`);
      if (events.length) options.committed();
      return { answer: JSON.parse(answerText) as A };
    });
  }

  const giveUp = (fault: Fault, unconfirmed: boolean, error: unknown): Refused | null => {
    const words = error instanceof Error ? error.message : String(error);
    if (fault === 'gone') return refused('not_saved', unconfirmed ? 'unconfirmed' : words);
    if (fault === 'cannot-store') return refused('not_saved', words);
    if (fault === 'conflict') return refused('version_conflict', words);
    if (fault === 'forbidden') return refused('not_allowed', words);
    if (fault === 'unstorable-text') return refused('bad_input', words);
    if (fault === 'too-large') return refused('too_large', words);
    return null;
  };

  const lines = new Map<string, Promise<unknown>>();
  /** Whoever waits for a turn waits without a connection: the others need them. */
  async function inLine<T>(serial: string, deadline: number, work: () => Promise<T>): Promise<T | Refused> {
    const before = lines.get(serial) ?? Promise.resolve();
    const turn = before.then(
      async (): Promise<T | Refused> =>
        performance.now() < deadline ? work() : refused('not_saved', `no turn in time: ${serial}`),
    );
    const done = turn.catch(() => undefined); // told to whoever asked, not to the next in line
    lines.set(serial, done);
    try {
      return await turn;
    } finally {
      if (lines.get(serial) === done) lines.delete(serial);
    }
  }

  /** Runs one command as often as it takes, within the time that an operator is asked to wait. */
  return async function command<A>(head: CommandHead, work: (tx: Tx) => Promise<Outcome<A>>): Promise<A | Refused> {
    if (!head.serial) return tries(head, work);
    return inLine(head.serial, performance.now() + longestTurnMs, () => tries(head, work));
  };

  async function tries<A>(head: CommandHead, work: (tx: Tx) => Promise<Outcome<A>>): Promise<A | Refused> {
    if (head.id.length < 1 || head.id.length > 200) return refused('bad_input', 'command id');
    const inputHash = hashOf(head.name, canonical(head.input));
    const run: Run = { deadline: performance.now() + patienceMs, committing: false, touched: new Set() };
    let unconfirmed = false;
    let taken = 0;
    for (let tries = 1; ; tries += 1) {
      try {
        return (await attempt(head, inputHash, work, run)).answer;
      } catch (error) {
        const fault = faultOf(error);
        unconfirmed ||= run.committing;
        run.committing = false;
        const { constraint } = error as { constraint?: string };
        // Somebody else's command: its row cannot be seen, so only the clash tells.
        if (constraint === 'command_pkey' && ++taken === 2) return refused('command_conflict', head.id);
        const pauseMs = fault === 'gone' ? 100 : Math.random() * 15 * tries;
        const again =
          (fault === 'gone' || (fault === 'conflict' && tries < longest)) && performance.now() + pauseMs < run.deadline;
        if (!again) {
          const told = giveUp(fault, unconfirmed, error);
          if (told) return told;
          throw error;
        }
        await sleep(pauseMs);
      }
    }
  }
}
