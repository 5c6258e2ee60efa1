import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { lonLat } from '@/server/domain/place.ts';
import type { GazetteerEntry } from './gazetteer.ts';

/** A line of `places.jsonl`, as `npm run map:import` writes it. */
export const importedName = z.object({
  level: z.enum(['landmark', 'crossing', 'road']),
  name: z.string(),
  nameEn: z.string().nullable(),
  kind: z.string(),
  at: lonLat,
  /** The extent of a road. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  aliases: z.array(z.string()),
  pinyin: z.array(z.string()),
  initials: z.array(z.string()),
});
export type ImportedName = z.infer<typeof importedName>;

/** Names of an import for the search. Surveyed places are points one may send somebody to; a road is only where to look. */
export function readImportedNames(file: string): GazetteerEntry[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => importedName.parse(JSON.parse(line)))
    .map(({ level, name, nameEn, at, box, aliases, pinyin, initials }) => ({
      code: null,
      level,
      name,
      bare: name,
      aliases: nameEn ? [...aliases, nameEn] : aliases,
      pinyin,
      initials,
      choice: true,
      rough: null,
      surveyed: { at, box },
    }));
}
