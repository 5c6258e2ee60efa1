'use client';
import { Download, FileText, Music, Paperclip, RotateCw, Video, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react';
import { useRefusalWords } from '@/components/shell/use-refusal-words.ts';
import { Button } from '@/components/ui/button.tsx';
import { cn } from '@/components/ui/cn.ts';
import { isShown } from '@/server/domain/file-kind.ts';
import type { RoomFile } from '@/server/domain/follow-up.ts';
import { filePath } from './room-send-file.ts';
import type { Upload, Uploads } from './room-uploads.ts';

export const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

const pictureOf = (mime: string) => (mime.startsWith('audio/') ? Music : mime.startsWith('video/') ? Video : FileText);

/** A file of the room: a picture as a small one that opens, everything else to be taken away. */
export function RoomFileLink({ incident, file }: { incident: string; file: RoomFile }) {
  const t = useTranslations('room.file');
  const Picture = pictureOf(file.mime);
  const shown = isShown(file.mime);
  return (
    <span className="inline-flex max-w-full items-center gap-1 rounded-md border border-line bg-sunken p-1 text-xs">
      {shown ? (
        <a
          href={filePath(incident, file.id, true)}
          target="_blank"
          rel="noreferrer"
          aria-label={t('open', { name: file.name })}
        >
          {/* biome-ignore lint/performance/noImgElement: our own server's bytes, behind the session; no optimiser may hold them */}
          <img
            src={filePath(incident, file.id, true)}
            alt={file.name}
            loading="lazy"
            decoding="async"
            className="h-14 w-20 rounded-sm object-cover"
          />
        </a>
      ) : (
        <Picture className="size-4 shrink-0 text-ink-faint" aria-hidden />
      )}
      <a
        href={filePath(incident, file.id)}
        download={file.name}
        className="min-w-0 flex-1 truncate underline-offset-2 hover:underline"
        title={`${file.name} · ${file.by.name}`}
      >
        {file.name}
      </a>
      <span className="shrink-0 text-2xs text-ink-faint">{sizeOf(file.bytes)}</span>
      {shown ? null : <Download className="size-3.5 shrink-0 text-ink-faint" aria-hidden />}
    </span>
  );
}

/** Files by their ids; one that is not there any more is left out. */
export function RoomFileRow({
  incident,
  ids,
  files,
}: {
  incident: string;
  ids: readonly string[];
  files: readonly RoomFile[];
}) {
  const found = ids.flatMap((id) => files.find((one) => one.id === id) ?? []);
  if (found.length === 0) return null;
  return (
    <div className="mt-1 flex flex-wrap gap-1">
      {found.map((file) => (
        <RoomFileLink key={file.id} incident={incident} file={file} />
      ))}
    </div>
  );
}

function UploadRow({ of, uploads }: { of: Upload; uploads: Uploads }) {
  const t = useTranslations('room.upload');
  const words = useRefusalWords();
  const failed = of.state === 'lost' || of.state === 'refused';
  return (
    <li className="flex flex-col gap-0.5 py-1 text-xs">
      <div className="flex items-center gap-1.5">
        <span className="min-w-0 flex-1 truncate">{of.name}</span>
        <span
          className={cn(
            'shrink-0 text-ink-faint',
            of.state === 'kept' && 'text-good-text',
            failed && 'text-serious-text',
          )}
        >
          {of.state === 'sending'
            ? t('percent', { value: of.bytes ? Math.floor((of.sentBytes / of.bytes) * 100) : 0 })
            : t(`state.${of.state}`)}
        </span>
        {failed && of.refusal?.refused !== 'too_large' ? (
          <Button
            look="quiet"
            size="icon-sm"
            aria-label={t('retry', { name: of.name })}
            onClick={() => uploads.retry(of.id)}
          >
            <RotateCw />
          </Button>
        ) : null}
        {of.state === 'kept' ? null : (
          <Button
            look="quiet"
            size="icon-sm"
            aria-label={t('cancel', { name: of.name })}
            onClick={() => uploads.drop(of.id)}
          >
            <X />
          </Button>
        )}
      </div>
      {of.state === 'sending' ? (
        <progress className="h-1 w-full" max={of.bytes || 1} value={of.sentBytes} aria-label={of.name} />
      ) : null}
      {of.refusal ? (
        <p role="alert" className="text-serious-text">
          {of.refusal.refused === 'too_large'
            ? t('tooLarge')
            : of.refusal.refused === 'bad_input'
              ? t('badKind')
              : words(of.refusal).text}
        </p>
      ) : of.state === 'lost' ? (
        <p role="alert" className="text-serious-text">
          {t('lost')}
        </p>
      ) : null}
    </li>
  );
}

/** What is being sent, and the button that chooses more. */
export function UploadList({ uploads, hint = true }: { uploads: Uploads; hint?: boolean }) {
  const t = useTranslations('room.upload');
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex flex-col">
      {uploads.all.length ? (
        <ul aria-label={t('title')} className="divide-y divide-line">
          {uploads.all.map((one) => (
            <UploadRow key={one.id} of={one} uploads={uploads} />
          ))}
        </ul>
      ) : null}
      <div className="flex items-center gap-2">
        <input
          ref={input}
          type="file"
          multiple
          tabIndex={-1}
          aria-label={t('choose')}
          accept="image/*,application/pdf,text/plain,text/csv,audio/*,video/*"
          className="sr-only"
          onChange={(event) => {
            uploads.add(event.target.files ?? []);
            event.target.value = '';
          }}
        />
        <Button look="quiet" size="sm" onClick={() => input.current?.click()}>
          <Paperclip /> {t('choose')}
        </Button>
        {hint ? <span className="min-w-0 flex-1 text-2xs text-ink-faint">{t('hint')}</span> : null}
      </div>
    </div>
  );
}

/** Files that are dropped or pasted somewhere go to the room. */
export function useFileCatch(uploads: Uploads | null) {
  const [over, setOver] = useState(false);
  const holdsFiles = (event: DragEvent) => [...event.dataTransfer.types].includes('Files');
  return {
    over,
    on: {
      onDragOver: (event: DragEvent) => {
        if (!uploads || !holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        if (!uploads || !holdsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        uploads.add(event.dataTransfer.files);
      },
      onPaste: (event: ClipboardEvent) => {
        if (!uploads || event.clipboardData.files.length === 0) return;
        event.preventDefault();
        uploads.add(event.clipboardData.files);
      },
    },
  };
}
