'use client';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import type { Signal } from '@/server/domain/signal.ts';
import { FusionWhy } from './fusion-why.tsx';

export type JoinedNoteProps = {
  of: Signal;
  /** The signal that it waits behind. */
  lead: Signal | null;
  onOpen: (signal: string) => void;
  onPart: (() => void) | null;
};

/** That it was joined, by whom, and why: what a machine did can be seen and undone. */
export function JoinedNote({ of, lead, onOpen, onPart }: JoinedNoteProps) {
  const t = useTranslations('incident.group');
  if (!of.fused && !lead) return null;
  return (
    <section className="flex flex-col gap-1 rounded-md border border-line p-2.5">
      <h3 className="flex items-center gap-2 text-xs font-medium">
        {of.fused ? t('joinedItself', { score: Math.round(of.fused.score * 100) }) : t('joined')}
        {lead && onPart ? (
          <Button size="sm" look="quiet" className="ms-auto" onClick={onPart}>
            {t('part')}
          </Button>
        ) : null}
      </h3>
      {lead ? (
        <button type="button" className="block text-start text-sm hover:underline" onClick={() => onOpen(lead.id)}>
          {lead.title || lead.text}
        </button>
      ) : null}
      {of.fused ? <FusionWhy reasons={of.fused.reasons} /> : null}
    </section>
  );
}
