'use client';
import { AtSign } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Popover } from '@/components/ui/popover.tsx';
import { useSigned } from './session-gate.tsx';
import { useFormats } from './use-formats.ts';
import { useMentions, wantRoom } from './use-mentions.ts';

/** Who wrote of this person in a room, until the room was looked at. Nothing to say is nothing to show. */
export function MentionMark() {
  const { actor } = useSigned();
  const t = useTranslations('room.mention');
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  const mentions = useMentions(actor);
  if (mentions.length === 0) return null;
  return (
    <Popover
      label={t('list')}
      className="w-96"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" aria-label={t('mine', { count: mentions.length })}>
          <AtSign /> {t('mine', { count: mentions.length })}
        </Button>
      }
    >
      <ul className="divide-y divide-line">
        {mentions.slice(0, 30).map((one) => (
          <li key={`${one.incident}${one.at}${one.by}`}>
            <Link
              href={`/?open=incident/${one.incident}`}
              className="flex flex-col gap-0.5 rounded-sm px-1.5 py-1.5 hover:bg-hover"
              onClick={() => {
                wantRoom(one.incident);
                setOpen(false);
              }}
            >
              <span className="flex gap-2 text-xs text-ink-faint">
                <span className="min-w-0 flex-1 truncate">{one.title}</span>
                <span className="shrink-0">
                  {one.by} {formats.time(one.at)}
                </span>
              </span>
              <span className="line-clamp-2 text-sm break-words">{one.text}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
