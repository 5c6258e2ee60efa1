'use client';
import { FileUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { useRefusalWords } from '@/components/shell/use-refusal-words.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Loading } from '@/components/ui/states.tsx';
import { ImportPreview } from './import-preview.tsx';
import { readCsvFile } from './read-file.ts';
import { useFaultWords } from './use-fault-words.ts';
import { useImport } from './use-import.ts';

/** As `longestFile` of the procedure says: letters, not bytes. */
const longestFile = 8 * 1024 * 1024;

/** A register file → what it would do → done, in parts. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('stations.import');
  const ui = useTranslations('ui');
  const refusalWords = useRefusalWords();
  const faults = useFaultWords();
  const fileId = useId();
  const { state, read, confirm, goOn, again } = useImport();
  const [file, setFile] = useState<{ name: string; encoding: string; tooLarge: boolean } | null>(null);

  async function choose(chosen: File | undefined) {
    if (!chosen) return;
    const { text, encoding } = readCsvFile(new Uint8Array(await chosen.arrayBuffer()));
    const tooLarge = text.length > longestFile;
    setFile({ name: chosen.name, encoding, tooLarge });
    if (!tooLarge) await read(text);
  }

  const busy = state.step === 'reading' || state.step === 'saving';
  const todo = state.step === 'preview' ? state.preview.added.length + state.preview.changed.length : 0;
  const share = 'total' in state && state.total > 0 ? state.done / state.total : 0;
  return (
    <Dialog
      open
      // Half a register would be left behind without a word.
      onOpenChange={(open) => !open && state.step !== 'saving' && onClose()}
      title={t('title')}
      description={t('hint')}
      size="lg"
      footer={
        <>
          {state.step === 'preview' ? <Button onClick={again}>{t('another')}</Button> : null}
          {state.step === 'halted' ? <Button onClick={() => void goOn()}>{t('goOn')}</Button> : null}
          {state.step === 'preview' && todo > 0 ? (
            <Button look="primary" onClick={() => confirm(state.preview)}>
              {t('confirm', { count: todo })}
            </Button>
          ) : (
            <Button look={state.step === 'done' ? 'primary' : 'plain'} disabled={busy} onClick={onClose}>
              {ui(state.step === 'done' ? 'close' : 'cancel')}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {state.step === 'choose' ? (
          <>
            {/* A browser writes its own button in its own language. */}
            <div>
              <input
                id={fileId}
                type="file"
                accept=".csv,.txt,text/csv"
                className="peer sr-only"
                onChange={(event) => void choose(event.target.files?.[0])}
              />
              <label
                htmlFor={fileId}
                className="inline-flex h-control cursor-pointer items-center gap-2 rounded-md border border-line-strong bg-raised px-3 text-sm hover:bg-hover peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2"
              >
                <FileUp aria-hidden className="size-4" />
                {t('file')}
              </label>
              {file ? <span className="ms-3 text-sm text-ink-soft">{file.name}</span> : null}
            </div>
            <p className="text-xs leading-relaxed text-ink-faint">{t('columns')}</p>
            {file?.tooLarge ? <p role="alert">{t('tooLarge')}</p> : null}
            {state.fault ? (
              <p role="alert" className="text-sm text-critical-text">
                {faults.file(state.fault)}
              </p>
            ) : null}
            {state.refusal ? (
              <p role="alert" className="text-sm text-critical-text">
                {refusalWords(state.refusal).text}
              </p>
            ) : null}
          </>
        ) : null}
        {state.step === 'reading' ? <Loading label={t('reading')} /> : null}
        {file && state.step === 'preview' ? (
          <p className="flex items-center gap-2 text-xs text-ink-faint">
            <span className="font-mono">{file.name}</span>
            {file.encoding === 'utf-8' ? null : <Badge>{file.encoding.toUpperCase()}</Badge>}
          </p>
        ) : null}
        {state.step === 'preview' ? <ImportPreview preview={state.preview} /> : null}
        {'total' in state ? (
          <div className="flex flex-col gap-2" aria-live="polite">
            <p className="text-sm">
              {state.step === 'done'
                ? t('done', { total: state.total })
                : t('progress', { done: state.done, total: state.total })}
            </p>
            <div
              role="progressbar"
              aria-label={t('title')}
              aria-valuemin={0}
              aria-valuemax={state.total}
              aria-valuenow={state.done}
              className="h-1.5 overflow-hidden rounded-full bg-sunken"
            >
              <div className="h-full bg-accent" style={{ width: `${share * 100}%` }} />
            </div>
            {state.step === 'halted' ? (
              <p role="alert" className="text-sm text-critical-text">
                {t('halted')} {state.refusal ? refusalWords(state.refusal).text : ''}
              </p>
            ) : null}
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}
