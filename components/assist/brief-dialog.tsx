'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Failed, Loading } from '@/components/ui/states.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';
import { toast } from '@/components/ui/toast.tsx';
import type { Drafted } from '@/server/domain/incident.ts';
import { AssistOrigin } from './assist-origin.tsx';
import { briefText, withMark } from './brief-text.ts';
import { useBriefWords } from './use-brief-words.ts';

export type BriefDialogProps = {
  incident: string;
  /** Whether a draft may be kept in the incident's log. */
  mayKeep: boolean;
  /** To the line of the log at this position. */
  onLead: (position: number) => void;
  onClose: () => void;
};

const longestNote = 5_000;

/** A draft to read against the log, to change, and to take along. It is never kept or sent by itself. */
export function BriefDialog({ incident, mayKeep, onLead, onClose }: BriefDialogProps) {
  const t = useTranslations('assist.brief');
  const ui = useTranslations('ui');
  const locale = useLocale();
  const client = useTRPCClient();
  const wordsOf = useBriefWords();
  /** What the person made of it; null while it is as drafted. */
  const [edited, setEdited] = useState<string | null>(null);
  const draft = useQuery({
    // Made once for each opening: what others do meanwhile does not change the words under the reader's eyes.
    queryKey: ['assist.brief', incident, locale],
    queryFn: () => client.assist.brief.mutate({ incident, language: locale === 'en' ? 'en' : 'zh-CN' }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const keep = useCommand<{ text: string; drafted: Drafted }, unknown>(
    ({ commandId, text, drafted }) =>
      client.incident.move.mutate({ commandId, incident, command: { move: 'note', text, drafted } }),
    { saved: t('kept'), onSaved: onClose },
  );
  const brief = draft.data;
  const sentences = brief ? (brief.sentences ?? wordsOf(brief.parts)) : [];
  const text = edited ?? briefText(sentences);
  const drafted: Drafted = brief?.sentences
    ? { by: 'model', model: brief.note.model }
    : { by: 'template', model: null };
  const mark = drafted.by === 'model' ? t('markModel', { model: drafted.model ?? '' }) : t('markTemplate');

  async function copy() {
    try {
      await navigator.clipboard.writeText(withMark(mark, text));
      toast.success(t('copied'));
    } catch {
      toast.error(t('notCopied')); // a browser may forbid it; the text stays to be marked by hand
    }
  }
  function lead(n: number) {
    const position = brief?.lines[n - 1];
    if (position !== undefined) onLead(position);
  }

  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={t('hint')}
      footer={
        <>
          <Button
            look="quiet"
            disabled={draft.isFetching}
            onClick={() => void draft.refetch().then(() => setEdited(null))}
          >
            {t('again')}
          </Button>
          <Button disabled={!text.trim()} onClick={() => void copy()}>
            {t('copy')}
          </Button>
          {mayKeep ? (
            <Button
              look="primary"
              disabled={!text.trim() || text.length > longestNote || keep.busy}
              onClick={() => keep.run({ text, drafted })}
            >
              {t('keep')}
            </Button>
          ) : (
            <Button look="primary" onClick={onClose}>
              {ui('close')}
            </Button>
          )}
        </>
      }
    >
      {!brief ? (
        draft.isError ? (
          <Failed onRetry={() => void draft.refetch()} />
        ) : (
          <Loading />
        )
      ) : (
        <div className="flex flex-col gap-3">
          <AssistOrigin note={brief.note} by="template" />
          <ul aria-label={t('sources')} className="flex flex-col gap-1 text-sm">
            {sentences.map(({ text: sentence, cites }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one draft, its sentences in their order
              <li key={index} className="break-words">
                {sentence}
                {cites.map((n) => (
                  <button
                    key={n}
                    type="button"
                    className="ms-0.5 rounded-sm px-0.5 text-xs text-accent-text hover:underline"
                    aria-label={t('line', { n })}
                    title={t('line', { n })}
                    onClick={() => lead(n)}
                  >
                    [{n}]
                  </button>
                ))}
              </li>
            ))}
          </ul>
          <Field label={t('edit')} hint={edited === null ? undefined : t('edited')}>
            <Textarea rows={8} maxLength={20_000} value={text} onChange={(event) => setEdited(event.target.value)} />
          </Field>
        </div>
      )}
    </Dialog>
  );
}
