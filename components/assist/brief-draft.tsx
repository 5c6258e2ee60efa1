'use client';
import { FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { BriefDialog } from './brief-dialog.tsx';

export type BriefDraftProps = {
  incident: string;
  version: number;
  /** Whether a draft may be kept in the incident's log. */
  mayKeep: boolean;
  /** Before a citation leads to its line: the list has to show all lines. */
  onLine: () => void;
};

/** The way in: a draft of a brief on this incident. */
export function BriefDraft(props: BriefDraftProps) {
  const t = useTranslations('assist.brief');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" size="sm" onClick={() => setOpen(true)}>
        <FileText aria-hidden className="size-[1em]" />
        {t('open')}
      </Button>
      {open ? <BriefDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
