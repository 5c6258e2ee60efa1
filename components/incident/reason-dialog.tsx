'use client';
import { useTranslations } from 'next-intl';
import { WordsDialog, type WordsDialogProps } from './words-dialog.tsx';

export type ReasonDialogProps = Omit<WordsDialogProps, 'label' | 'required'>;

export function ReasonDialog(props: ReasonDialogProps) {
  const t = useTranslations('incident.dialog');
  return <WordsDialog {...props} label={t('reason')} required />;
}
