import type { BriefSentence } from '@/server/domain/assist.ts';

/** As text: each sentence with its citations, one a line. */
export const briefText = (sentences: readonly BriefSentence[]): string =>
  sentences.map(({ text, cites }) => `${text}${cites.map((n) => `[${n}]`).join('')}`).join('\n');

/** Where the draft came from goes along with every copy of it. */
export const withMark = (mark: string, text: string): string => `${mark}\n${text}`;
