'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { type Answers, useTRPC } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import type { Place } from '@/server/domain/place.ts';
import type { Priority } from '@/server/domain/scale.ts';
import type { FilingProposals } from './filing-proposals.ts';
import { GradeHint } from './grade-hint.tsx';
import { placeOf } from './place-picker.tsx';

export type FilingSuggestionsProps = {
  story: string;
  place: Place;
  proposals: FilingProposals;
  onPlace: (place: Place) => void;
  onKind: (code: string) => void;
  onPriority: (priority: Priority) => void;
};

type Mention = Answers['place']['named'][number];
type Chip = { readonly key: string; readonly label: string; readonly note: string; readonly use: () => void };

/** Typing settles before the story is read again. */
const settleMs = 350;
function useSettledStory(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** The caller's own words for a house or a stake; what is known of the road comes with them. */
function placeOfMention({ kind, said, candidate }: Mention, before: Place): Place {
  if (!candidate) return { ...before, text: said, source: before.lonLat ? before.source : 'operator' };
  const found = placeOf(candidate, before);
  return kind === 'house' || kind === 'stake' ? { ...found, text: said } : found;
}

/** What the story proposes, as chips with a key each. Nothing is entered by itself, and nothing that was entered is replaced unasked. */
export function FilingSuggestions({ story, place, proposals, onPlace, onKind, onPriority }: FilingSuggestionsProps) {
  const t = useTranslations('incident');
  const words = useCodeWords();
  const trpc = useTRPC();
  const settled = useSettledStory(story.trim());
  const placed = place.lonLat !== null || place.source === 'gazetteer';
  const named = useQuery(
    trpc.place.named.queryOptions(
      { text: settled },
      { enabled: !placed && settled.length > 1, staleTime: 600_000, placeholderData: (before) => before },
    ),
  );
  const mentions = placed || settled.length <= 1 ? [] : (named.data ?? []);
  const chips: Chip[] = [
    ...mentions
      .filter(({ said }) => said !== place.text)
      .slice(0, 3)
      .map((mention) => ({
        key: `place/${mention.kind}/${mention.said}/${mention.candidate?.name ?? ''}/${mention.candidate?.district ?? ''}`,
        label:
          mention.kind === 'house' || mention.kind === 'stake'
            ? mention.said
            : (mention.candidate?.name ?? mention.said),
        note: [
          t(`suggest.place.${mention.kind}`),
          mention.candidate?.parents.at(-1)?.name,
          mention.candidate?.lonLat ? null : t('place.noPoint'),
        ]
          .filter(Boolean)
          .join(' · '),
        use: () => onPlace(placeOfMention(mention, place)),
      })),
    ...proposals.kinds.map((code) => ({
      key: `kind/${code}`,
      label: words.incidentKind(code) ?? code,
      note: t('kind'),
      use: () => onKind(code),
    })),
    ...(proposals.priority
      ? [
          {
            key: `priority/${proposals.priority}`,
            label: proposals.priority,
            note: t('priority'),
            use: () => onPriority(proposals.priority!),
          },
        ]
      : []),
  ].slice(0, 9);
  useHotkeys(
    chips.map((chip, index) => ({
      chord: `alt+${index + 1}`,
      label: `${t('form.use')} ${chip.label}`,
      group: t('suggest.title'),
      inField: true,
      run: chip.use,
    })),
  );
  if (chips.length === 0 && !proposals.grade) return null;
  return (
    <section aria-label={t('suggest.title')} aria-live="polite" className="flex flex-col gap-1">
      {chips.length ? (
        <ul className="flex flex-wrap gap-1">
          {chips.map((chip, index) => (
            <li key={chip.key}>
              <Button size="sm" className="h-auto min-h-6 px-1.5 py-0.5" title={t('form.use')} onClick={chip.use}>
                {chip.key.startsWith('priority/') ? <PriorityMark priority={chip.label as Priority} /> : null}
                <span>{chip.label}</span>
                <span className="text-2xs text-ink-faint">{chip.note}</span>
                <span aria-hidden className="text-2xs opacity-75">{`Alt+${index + 1}`}</span>
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <GradeHint of={proposals.grade} />
    </section>
  );
}
