'use client';
import { useTranslations } from 'next-intl';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import type { BriefSentence } from '@/server/domain/assist.ts';
import type { BriefPart } from '@/server/domain/assist-brief.ts';

/** The template: a sentence for each fact of the log, in the reader's language. */
export function useBriefWords(): (parts: readonly BriefPart[]) => BriefSentence[] {
  const t = useTranslations('assist.part');
  const domain = useTranslations('domain');
  const codes = useCodeWords();
  const formats = useFormats();
  const list = (words: readonly (string | null)[]) => words.filter(Boolean).join(t('comma'));
  const wordsOf = (part: BriefPart): string => {
    switch (part.key) {
      case 'opened':
        return t('opened', { time: formats.dateTime(part.at), number: part.number ?? '' });
      case 'what': {
        const kind = codes.incidentKind(part.kind);
        return list([kind && t('kind', { kind }), part.place && t('place', { place: part.place })]) + t('stop');
      }
      case 'graded': {
        const grade = part.grade ? domain(`grade.${part.grade as 'I'}`) : t('ungraded');
        return t('graded', { grade, priority: part.priority });
      }
      case 'response':
        return t('response', { level: domain(`response.${part.level as '1'}`) });
      case 'sent':
        return t('sent', { who: list([...part.units, ...part.departments.map((one) => codes.department(one))]) });
      case 'onScene':
        return t('onScene', { time: formats.dateTime(part.at), callSign: part.callSign });
      case 'signals':
      case 'late':
      case 'tasks':
      case 'needs':
        return t(part.key, { count: part.count });
      case 'verified':
        return t(part.passed ? 'passed' : 'sentBack', { text: part.text });
      case 'closing':
        return t('closing', { code: domain(`closingCode.${part.code as 'resolved'}`), text: part.text });
      case 'state':
        return t('state', {
          time: formats.dateTime(part.at),
          state: domain(`incidentState.${part.state as 'received'}`),
        });
      case 'told':
      case 'report':
      case 'note':
        return t(part.key, { text: part.text });
    }
  };
  return (parts) => parts.map((part) => ({ text: wordsOf(part), cites: part.cites }));
}
