import { z } from 'zod';

/** Every command carries an id that its client made; a repeat gets the first answer (DESIGN.md law 3). */
export const commandId = z.object({ commandId: z.string().min(8).max(64) });

/** Splits the id from the rest: the op hashes the rest only. */
export function commandOf<Input extends { commandId: string }>(
  given: Input,
): { id: string; input: Omit<Input, 'commandId'> } {
  const { commandId: id, ...input } = given;
  return { id, input };
}
