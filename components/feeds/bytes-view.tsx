'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { cn } from '@/components/ui/cn.ts';
import { ToggleGroup } from '@/components/ui/toggle.tsx';
import { hexRows } from './hex-rows.ts';

export type BytesViewProps = {
  bytes: { readonly length: number; readonly hex: string; readonly text: string };
  /** Where the reader stopped, in bytes. */
  mark: number | null;
};

/** Control characters and what is no UTF-8 are shown as bytes. */
const looksLikeText = (text: string) =>
  ![...text].some((char) => char === '\ufffd' || (char < ' ' && char !== '\n' && char !== '\r' && char !== '\t'));

/** What came over the wire, byte by byte or as text, with the place at which reading stopped. */
export function BytesView({ bytes, mark }: BytesViewProps) {
  const t = useTranslations('feeds.bytes');
  const [as, setAs] = useState<'hex' | 'text'>(looksLikeText(bytes.text) ? 'text' : 'hex');
  const shown = bytes.hex.length / 2;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <ToggleGroup
          label={t('as')}
          value={as}
          onValueChange={setAs}
          choices={[
            { value: 'hex', label: t('hex') },
            { value: 'text', label: t('text') },
          ]}
        />
        <span className="text-2xs text-ink-faint">
          {t('length', { count: bytes.length })}
          {shown < bytes.length ? ` · ${t('cut', { count: shown })}` : ''}
        </span>
      </div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached without a mouse
        tabIndex={0}
        aria-label={t('label')}
        className="max-h-72 overflow-auto rounded-md border border-line bg-sunken p-2 font-mono text-xs leading-relaxed"
      >
        {as === 'text' ? (
          <pre className="font-mono break-all whitespace-pre-wrap">{bytes.text}</pre>
        ) : (
          hexRows(bytes.hex, mark).map((row) => (
            <div key={row.offset} className="flex gap-3 whitespace-pre">
              <span className="text-ink-faint">{row.offset.toString(16).padStart(4, '0')}</span>
              <span className="w-[47ch] shrink-0">
                {row.bytes.map((byte, index) => (
                  <span
                    // biome-ignore lint/suspicious/noArrayIndexKey: the place of a byte is its identity
                    key={index}
                    className={cn('me-[1ch] last:me-0', byte.marked && 'bg-serious font-bold text-serious-ink')}
                  >
                    {byte.hex}
                  </span>
                ))}
              </span>
              <span className="text-ink-soft">{row.bytes.map((byte) => byte.char).join('')}</span>
            </div>
          ))
        )}
      </section>
    </div>
  );
}
