import { createHash } from 'node:crypto';
import { fileKind, largestFileBytes } from '@/server/domain/file-kind.ts';
import { type FileId, fileId } from '@/server/domain/follow-up.ts';
import { decideFile } from '@/server/domain/follow-up-decide.ts';
import type { IncidentId } from '@/server/domain/ids.ts';
import { withoutMetadata } from '@/server/domain/photo-metadata.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { type Command, decisionOf, eventsFor, loadOr, type OpDeps } from './op.ts';

export type AddFileInput = {
  readonly incident: IncidentId;
  readonly file: FileId;
  readonly name: string;
  readonly bytes: Uint8Array;
};

/** A name as it may stand in a list and on a disk: the last part of a path, without what steers a terminal or turns text around. */
export const plainName = (name: string): string =>
  (name.normalize('NFC').split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, 255);

/** A file of an incident's room: its bytes and the entry of the log in one transaction; a repeat gets the first answer. */
export async function addFile(
  { store }: OpDeps,
  command: Command<AddFileInput>,
): Promise<{ readonly file: string; readonly mime: string; readonly bytes: number } | Refused> {
  const { id, actor, input } = command;
  const name = plainName(input.name);
  if (!name || !fileId.safeParse(input.file).success) return refused('bad_input', 'name or id');
  if (input.bytes.length > largestFileBytes) return refused('too_large', `${input.bytes.length} bytes`);
  const mime = fileKind(input.bytes);
  if (!mime) return refused('bad_input', 'not a kind of file that is taken', { subject: name });
  const bytes = withoutMetadata(mime, input.bytes);
  if (!bytes) return refused('bad_input', 'a damaged picture', { subject: name });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { incident, file } = input;
  return store.command({ id, name: 'add-file', actor, input: { incident, file, name, sha256 } }, async (tx) => {
    const loaded = await loadOr(tx, 'incident', incident);
    if (wasRefused(loaded)) return loaded;
    const decided = decideFile(loaded.state, { id: file, name, mime, bytes: bytes.length, sha256 }, decisionOf(tx));
    if (wasRefused(decided)) return decided;
    await tx.query(
      'insert into room_file (id, incident_id, mime, sha256, bytes, added_at) values ($1, $2, $3, $4, $5, $6)',
      [file, incident, mime, sha256, Buffer.from(bytes), tx.now],
    );
    return { events: eventsFor('incident', incident, decided), answer: { file, mime, bytes: bytes.length } };
  });
}
