'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Button } from '@/components/ui/button.tsx';
import type { PlaceHint } from '@/server/domain/assist.ts';
import { AssistOrigin } from './assist-origin.tsx';

export type AssistProposalsProps = {
  /** What was told so far. */
  story: string;
  lonLat: readonly [number, number] | null;
  /** Only what is told for the first time may be another's duplicate. */
  isNew: boolean;
  kind: string | null;
  /** Null where the place is known: then none is proposed. */
  onPlace: ((hint: PlaceHint) => void) | null;
  onKind: (code: string) => void;
};

/** A model costs time and money, and each asking carries words out of the house: it waits until the story rests. */
const restMs = 900;
const leastCharacters = 8;

function useRested(text: string): string {
  const [rested, setRested] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

/**
 * What a model makes of the story, marked as such. Absent where the installation has none: the form's own suggestions are the baseline. Each is
 * a button; nothing is entered by itself. The summary is there to be read, not to be entered.
 */
export function AssistProposals({ story, lonLat, isNew, kind, onPlace, onKind }: AssistProposalsProps) {
  const t = useTranslations('assist');
  const words = useCodeWords();
  const client = useTRPCClient();
  const state = useQuery({
    queryKey: ['assist.state'],
    queryFn: () => client.assist.state.query(),
    staleTime: 60_000,
    retry: false,
  });
  const rested = useRested(story.trim());
  const on = state.data !== undefined && state.data.state !== 'off';
  const asked = useQuery({
    queryKey: ['assist.propose', rested, lonLat],
    queryFn: () => client.assist.propose.mutate({ text: rested, lonLat: lonLat && [lonLat[0], lonLat[1]] }),
    enabled: on && rested.length >= leastCharacters,
    staleTime: 600_000,
    retry: false,
    refetchOnWindowFocus: false,
    placeholderData: (before) => before,
  });
  const answer = asked.data;
  if (!on || !answer || rested.length < leastCharacters) return null;
  const { kinds, place, summary, duplicates, note } = answer;
  const codes = kinds.filter(({ value, source }) => source === 'model' && value !== kind).map(({ value }) => value);
  const where = onPlace && place.source === 'model' ? place.value : null;
  const same = isNew ? duplicates.filter((one) => one.source === 'model') : [];
  return (
    <section
      aria-label={t('proposals.title')}
      className="flex flex-col gap-1 rounded-md border border-line bg-sunken px-2 py-1.5"
    >
      <AssistOrigin note={note} by="baseline" />
      {summary.source === 'model' && summary.value ? <p className="text-xs text-ink-soft">{summary.value}</p> : null}
      {codes.length + same.length > 0 || where ? (
        <ul className="flex flex-wrap gap-1">
          {codes.map((code) => (
            <li key={code}>
              <Chip note={t('proposals.kind')} onUse={() => onKind(code)}>
                {words.incidentKind(code)}
              </Chip>
            </li>
          ))}
          {where ? (
            <li>
              <Chip
                note={where.found ? t('proposals.placeAt', { name: where.found.name }) : t('proposals.place')}
                onUse={() => onPlace?.(where as PlaceHint)}
              >
                {where.text}
              </Chip>
            </li>
          ) : null}
          {same.map((one) => (
            <li key={one.incident} className="text-xs">
              {one.number} {one.title} <span className="text-2xs text-ink-faint">{t('proposals.same')}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Chip({ note, onUse, children }: { note: string; onUse: () => void; children: React.ReactNode }) {
  return (
    <Button size="sm" className="h-auto min-h-6 px-1.5 py-0.5" onClick={onUse}>
      <span>{children}</span>
      <span className="text-2xs text-ink-faint">{note}</span>
    </Button>
  );
}
