import { type IncidentKind, incidentKinds } from '@/server/domain/incident-kind.ts';

const fold = (text: string) => text.normalize('NFKC').toLowerCase().trim();

/** Lower is better; null: no match. Pinyin initials, full pinyin, either language's words and the code all work. */
function score(kind: IncidentKind, query: string): number | null {
  const letters = query.replace(/\s/g, '');
  const spellings = kind.pinyin.split(' ');
  if (spellings.includes(letters)) return 0;
  if (kind.zh.startsWith(query) || spellings.some((spelling) => spelling.startsWith(letters))) return 1;
  if (kind.zh.includes(query) || kind.en.toLowerCase().includes(query)) return 2;
  if (spellings.some((spelling) => letters.length >= 2 && spelling.includes(letters))) return 3;
  return kind.code.includes(letters) ? 4 : null;
}

export function searchKinds(text: string): readonly IncidentKind[] {
  const query = fold(text);
  if (!query) return incidentKinds;
  return incidentKinds
    .map((kind) => ({ kind, rank: score(kind, query) }))
    .filter((found): found is { kind: IncidentKind; rank: number } => found.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map((found) => found.kind);
}
