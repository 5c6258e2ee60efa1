import { z } from 'zod';

/**
 * Every command carries an id that its client made; a repeat gets the first answer (DESIGN.md law 3). Without a slash: ids with one are made
 * by the server for its own commands (`timer/…`, `feed/…`), and nobody may take them beforehand.
 */
export const commandId = z.object({
  commandId: z.string().regex(/^[\w.:-]{8,64}$/, 'an id of 8 to 64 letters and digits'),
});

/** Splits the id from the rest: the op hashes the rest only. */
export function commandOf<Input extends { commandId: string }>(
  given: Input,
): { id: string; input: Omit<Input, 'commandId'> } {
  const { commandId: id, ...input } = given;
  return { id, input };
}
