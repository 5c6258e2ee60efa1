'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';
import type { Task } from '@/server/domain/follow-up.ts';
import { UploadList, useFileCatch } from './room-files.tsx';
import { useUploads } from './room-uploads.ts';

export type TaskDoneDialogProps = {
  incident: string;
  task: Task;
  busy: boolean;
  onClose: () => void;
  onSend: (done: { text: string; files: readonly string[] }) => void;
};

/** Words, photographs, or both: what shows that a task is done. Dropped and pasted pictures count. */
export function TaskDoneDialog({ incident, task, busy, onClose, onSend }: TaskDoneDialogProps) {
  const t = useTranslations();
  const form = useId();
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const uploads = useUploads(incident, task.id);
  const { over, on } = useFileCatch(uploads);
  const lacks = task.evidence && !text.trim() && uploads.kept.length === 0;
  const title = `${t('followUp.task.do.done')} · ${task.title}`;
  function send() {
    setTried(true);
    if (lacks || busy || uploads.busy) return;
    onSend({ text: text.trim(), files: uploads.kept.slice(0, 20) });
    uploads.clear();
  }
  useHotkeys([
    { chord: 'ctrl+enter', label: title, group: t('incident.keys'), run: send, inField: true, inDialog: true },
  ]);
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => !open && onClose()}
      title={title}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form={form} look="primary" disabled={busy || uploads.busy}>
            {busy ? t('command.sending') : t('ui.confirm')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className={cn('flex flex-col gap-2', over && 'bg-hover outline-2 outline-accent')}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          send();
        }}
        {...on}
      >
        <Field
          label={t('followUp.task.words.done')}
          required={task.evidence}
          hint={task.evidence ? t('room.upload.evidence') : undefined}
          error={tried && lacks ? t('room.upload.evidence') : undefined}
        >
          <Textarea rows={4} maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        <UploadList uploads={uploads} />
      </form>
    </Dialog>
  );
}
