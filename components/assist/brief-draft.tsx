'use client';
import { FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { BriefDialog, type BriefDialogProps } from './brief-dialog.tsx';
import { findLine } from './find-line.ts';

export type BriefDraftProps = Pick<BriefDialogProps, 'incident' | 'mayKeep'> & {
  /** Before a citation leads to its line: the list has to show all lines. */
  onLine: () => void;
};

/** The way in: a draft of a brief on this incident. */
export function BriefDraft({ onLine, ...of }: BriefDraftProps) {
  const t = useTranslations('assist.brief');
  const [open, setOpen] = useState(false);
  const [lead, setLead] = useState<number | null>(null);
  useEffect(() => {
    if (open || lead === null) return;
    // A dialog that closes gives the focus back first, in a task of its own.
    const timer = setTimeout(() => {
      findLine(lead);
      setLead(null);
    });
    return () => clearTimeout(timer);
  }, [open, lead]);
  return (
    <>
      <Button look="quiet" size="sm" onClick={() => setOpen(true)}>
        <FileText aria-hidden className="size-[1em]" />
        {t('open')}
      </Button>
      {open ? (
        <BriefDialog
          {...of}
          onLead={(position) => {
            onLine();
            setLead(position);
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
