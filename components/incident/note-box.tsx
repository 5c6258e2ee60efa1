'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Input } from '@/components/ui/input.tsx';

export function NoteBox({ busy, onNote }: { busy: boolean; onNote: (text: string) => void }) {
  const t = useTranslations('incident');
  const [text, setText] = useState('');
  return (
    <form
      className="flex shrink-0 gap-1.5 border-b border-line px-3 py-2"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (!text.trim() || busy) return;
        onNote(text);
        setText('');
      }}
    >
      <Input
        maxLength={5000}
        aria-label={t('addNote')}
        placeholder={t('addNote')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" aria-disabled={busy || !text.trim()}>
        {t('add')}
      </Button>
    </form>
  );
}
