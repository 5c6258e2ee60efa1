import { readSpan } from './read-trends.ts';

/** In a forecast the remark may stand on the line before the changes, which go on after it. */
function resumes(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (/^FM\d{6}$/.test(word)) return true;
  const spanAt = /^PROB\d{2}$/.test(word) && /^(?:TEMPO|INTER)$/.test(words[at + 1] ?? '') ? at + 2 : at + 1;
  return /^(?:BECMG|TEMPO|INTER|PROB\d{2})$/.test(word) && readSpan(words[spanAt] ?? '') !== null;
}

/** What a report tells, and the remarks between; null where there are none. */
export function splitRemarks(words: readonly string[]): { readonly told: string[]; readonly remarks: string | null } {
  const told: string[] = [];
  const remarks: string[] = [];
  let remarked = false;
  let within = false;
  for (const [at, word] of words.entries()) {
    if (word === 'RMK' || word === 'RMKS') {
      within = true;
      remarked = true;
      continue;
    }
    if (within && resumes(words, at)) within = false;
    (within ? remarks : told).push(word);
  }
  return { told, remarks: remarked ? remarks.join(' ') : null };
}
