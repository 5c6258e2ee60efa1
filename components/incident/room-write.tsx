'use client';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Kbd } from '@/components/ui/kbd.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';
import { UploadList, useFileCatch } from './room-files.tsx';
import { findMentionable, type Mentionable, mentionAt, mentionedIn, type Spell, withMention } from './room-mentions.ts';
import type { Uploads } from './room-uploads.ts';
import { useFollowUp } from './use-follow-up.ts';

/** The table of readings is large: it comes with the first `@`. */
let loading: Promise<Spell> | null = null;
const loadSpell = (): Promise<Spell> => {
  loading ??= import('pinyin-pro').then(({ pinyin }) => (text) => {
    const parts = pinyin(text, { toneType: 'none', type: 'array' });
    return `${parts.join('')} ${parts.map((part) => part[0] ?? '').join('')}`.toLowerCase();
  });
  return loading;
};
function useSpell(wanted: boolean): Spell | null {
  const [spell, setSpell] = useState<Spell | null>(null);
  useEffect(() => {
    if (!wanted || spell) return;
    loadSpell().then(
      (found) => setSpell(() => found),
      () => undefined, // without it names are still found by their characters
    );
  }, [wanted, spell]);
  return spell;
}

/** What was begun outlives a look at another tab, another incident, a reload of the page. */
const draftKey = (incident: string) => `room-draft/${incident}`;
function keptDraft(incident: string): string {
  try {
    return sessionStorage.getItem(draftKey(incident)) ?? '';
  } catch {
    return ''; // a browser that keeps nothing
  }
}
function keepDraft(incident: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(draftKey(incident), text);
    else sessionStorage.removeItem(draftKey(incident));
  } catch {
    // full or forbidden: the field itself still holds it
  }
}

export type RoomWriteProps = { incident: string; people: readonly Mentionable[]; uploads: Uploads };

/** What everybody in the room reads: words, names after `@`, files. Ctrl+Enter sends. */
export function RoomWrite({ incident, people, uploads }: RoomWriteProps) {
  const t = useTranslations('room');
  const words = useTranslations('incident');
  const list = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setShown] = useState(() => keptDraft(incident));
  const setText = (next: string) => {
    setShown(next);
    keepDraft(incident, next);
  };
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [shut, setShut] = useState(false);
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const placed = useRef<number | null>(null);
  const command = useFollowUp(incident, {
    saved: null,
    onSaved: () => {
      setText('');
      setChosen(new Map());
      uploads.clear();
    },
  });
  const writing = shut ? null : mentionAt(text, caret);
  const spell = useSpell(writing !== null);
  const offered = useMemo(
    // An input method parts the syllables that it is still given.
    () => (writing ? findMentionable(people, writing.query.replaceAll("'", ''), spell) : []),
    [writing, people, spell],
  );
  const shown = offered.length > 0;
  const current = offered[Math.min(at, offered.length - 1)];
  useLayoutEffect(() => {
    if (placed.current === null) return;
    field.current?.setSelectionRange(placed.current, placed.current);
    placed.current = null;
  });

  function take(one: Mentionable) {
    const next = withMention(text, caret, one.name);
    setText(next.text);
    setCaret(next.caret);
    setChosen(new Map(chosen).set(one.name, one.id));
    placed.current = next.caret;
    field.current?.focus();
  }
  const empty = !text.trim() && uploads.kept.length === 0;
  function send() {
    if (empty || command.busy || uploads.busy) return;
    const mentions = mentionedIn(text, people, chosen).slice(0, 50);
    command.run({ command: { act: 'write', text: text.trim(), mentions, files: uploads.kept.slice(0, 20) as never } });
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return send();
    }
    if (!shown) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((before) => (before + step + offered.length) % offered.length);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && current) {
      event.preventDefault();
      take(current);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setShut(true);
    }
  }
  const { over, on } = useFileCatch(uploads);

  return (
    <section
      aria-label={t('write.title')}
      className={cn('flex flex-col gap-1 border-b border-line px-3 py-2', over && 'bg-hover outline-2 outline-accent')}
      {...on}
    >
      <div className="relative">
        <Textarea
          ref={field}
          rows={2}
          maxLength={5000}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={list}
          aria-activedescendant={shown && current ? `${list}-${current.id}` : undefined}
          aria-label={words('addNote')}
          placeholder={t('write.placeholder')}
          data-room-write
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setCaret(event.target.selectionStart);
            setAt(0);
            setShut(false);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onBlur={() => setShut(true)}
          onFocus={() => setShut(false)}
        />
        <div
          id={list}
          role="listbox"
          aria-label={t('write.people')}
          className={cn(
            'absolute inset-x-0 top-full z-30 mt-1 max-h-64 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-float',
            !shown && 'hidden',
          )}
        >
          {offered.map((one) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys (aria-activedescendant)
            <div
              key={one.id}
              id={`${list}-${one.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={one === current}
              className={cn('flex gap-2 rounded-sm px-2 py-1 text-sm', one === current && 'bg-hover')}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(one)}
            >
              <span>{one.name}</span>
              <span className="min-w-0 flex-1 truncate text-end text-xs text-ink-faint">{one.also}</span>
            </div>
          ))}
        </div>
      </div>
      <UploadList uploads={uploads} />
      <div className="flex items-center justify-end gap-2 text-2xs text-ink-faint">
        <Kbd>Ctrl+Enter</Kbd>
        <Button size="sm" look="primary" aria-disabled={empty || command.busy || uploads.busy} onClick={send}>
          {words('add')}
        </Button>
      </div>
    </section>
  );
}
