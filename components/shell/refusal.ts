import { type RefusalCode, type Refused, refusalCodes } from '@/server/domain/refusal.ts';

type Carried = { refused?: unknown; by?: Refused['by']; subject?: string | null; detail?: string };

const isCode = (value: unknown): value is RefusalCode => typeof value === 'string' && value in refusalCodes;

/** The refusal that a failed procedure carries (`error.data.refusal`); null where none came, e.g. without a network. */
export function refusalOf(error: unknown): Refused | null {
  const data = (error as { data?: { refusal?: Carried | null } } | null)?.data;
  const carried = data?.refusal;
  if (!carried || !isCode(carried.refused)) return null;
  return {
    refused: carried.refused,
    detail: carried.detail ?? '',
    by: carried.by ?? null,
    subject: carried.subject ?? null,
  };
}

/** Whether the server answered at all; without an answer a command is neither saved nor refused. */
export const wasAnswered = (error: unknown): boolean =>
  (error as { data?: { code?: unknown } } | null)?.data?.code !== undefined;
