import { z } from 'zod';
import { may } from '@/server/domain/policy.ts';
import { refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { FeedRecord } from '@/server/wire/record.ts';
import { allowed } from '../trpc.ts';

const shownBytes = 4_096;
const fullDays = 30;

/** Bytes for a screen: hex, and text where they are text. */
const shown = (bytes: Uint8Array) => ({
  length: bytes.length,
  hex: Buffer.from(bytes.subarray(0, shownBytes)).toString('hex'),
  text: Buffer.from(bytes.subarray(0, shownBytes)).toString('utf8'),
});

const nothingShown = (bytes: Uint8Array) => ({ length: bytes.length, hex: '', text: '' });

/** A call or a case is what a signal is made of, and for the same eyes; callers' lines are personal besides. */
function mayReadRecord(actor: Actor, record: FeedRecord, of: { department: string | null; district: string | null }) {
  const departments = of.department ? [of.department] : [];
  const judged = record.kind === 'call' || record.kind === 'case';
  if (judged && !may(actor, 'signal.read', { departments, district: of.district })) return false;
  return (record.kind !== 'call' && record.privacy !== 'personal') || may(actor, 'caller.read');
}

export const feedProcedures = {
  list: allowed('feed.read').query(({ ctx }) => {
    const figures = new Map(ctx.deps.intake.figures().map((of) => [of.id, of]));
    return ctx.deps.feeds.map((feed) => ({ ...feed, figures: figures.get(feed.id) ?? null }));
  }),
  latest: allowed('feed.read')
    .input(z.object({ feed: z.string().max(128) }))
    .query(({ ctx, input }) => {
      const department = ctx.deps.feeds.find((feed) => feed.id === input.feed)?.department ?? null;
      return ctx.deps.intake.latestOf(input.feed).filter((record) => {
        const at = record.geometry?.type === 'Point' ? record.geometry.coordinates : null;
        const district = at ? ctx.deps.city.districtOf(at).district : null;
        return mayReadRecord(ctx.actor, record, { department, district });
      });
    }),
  /** What is on the disk, what a day adds, and what that comes to where full positions and readings are kept 30 days (law 13). */
  storage: allowed('feed.read').query(async ({ ctx }) => {
    const { totalBytes, bytesPerDay } = await ctx.deps.store.disk();
    return { totalBytes, bytesPerDay, forecastBytes: totalBytes + bytesPerDay * fullDays, fullDays };
  }),
  quarantineCount: allowed('quarantine.read').query(({ ctx }) => ctx.deps.store.quarantine.count(ctx.actor)),
  quarantine: allowed('quarantine.read')
    .input(
      z.object({
        feed: z.string().max(128).optional(),
        reason: z.string().max(64).optional(),
        open: z.boolean().default(true),
        before: z.number().int().optional(),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .query(async ({ ctx, input }) => {
      const rows = await ctx.deps.store.quarantine.list(ctx.actor, input);
      // What a source of calls sent may hold callers' lines anywhere: it is shown to whoever may read those.
      const open = may(ctx.actor, 'caller.read');
      const personal = new Set(ctx.deps.feeds.filter((feed) => feed.personal).map((feed) => feed.id));
      return rows.map(({ bytes, detail, ...row }) => {
        const withheld = !open && personal.has(row.feed);
        return {
          ...row,
          withheld,
          detail: withheld ? '' : detail,
          bytes: withheld ? nothingShown(bytes) : shown(bytes),
        };
      });
    }),
  /** Runs the bytes again by the present reader, e.g. after it was mended. */
  redecode: allowed('quarantine.redecode')
    .input(z.object({ id: z.string().max(128) }))
    .mutation(async ({ ctx, input }) => {
      const row = await ctx.deps.store.quarantine.get(ctx.actor, input.id);
      if (!row) return refused('not_found', input.id);
      const read = await ctx.deps.redecode(row);
      if (wasRefused(read)) return { decoded: false as const, reason: read.refused, detail: read.detail };
      if ('refused' in read) return { decoded: false as const, reason: read.refused, detail: read.detail };
      await ctx.deps.store.quarantine.markDecoded(input.id, ctx.deps.now());
      return { decoded: true as const, records: read.records };
    }),
};
