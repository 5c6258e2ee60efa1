'use client';
import { useTranslations } from 'next-intl';
import type { AssistNote } from '@/server/domain/assist.ts';
import { MachineMark } from './machine-mark.tsx';

/** Who made it, why it was not the model, and what was left out. */
export function AssistOrigin({ note, by }: { note: AssistNote; by: 'baseline' | 'template' }) {
  const t = useTranslations('assist');
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-2xs text-ink-faint">
      <MachineMark by={note.source === 'model' ? 'model' : by} model={note.model} />
      {note.model ? <span>{note.model}</span> : null}
      {note.fallback ? <span>{t(`fallback.${note.fallback}`)}</span> : null}
      {note.dropped > 0 ? <span>{t('dropped', { count: note.dropped })}</span> : null}
    </p>
  );
}
