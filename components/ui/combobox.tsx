'use client';
import { LoaderCircle, Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { cn } from './cn.ts';
import { fieldLook } from './input.tsx';

export type ComboChoice = { readonly key: string; readonly node: ReactNode };

export type ComboboxProps = {
  text: string;
  onText: (text: string) => void;
  choices: readonly ComboChoice[];
  onPick: (key: string) => void;
  /** Enter with nothing highlighted. */
  onEnter?: () => void;
  loading?: boolean;
  empty?: ReactNode;
  placeholder?: string;
  className?: string;
  id?: string;
  autoFocus?: boolean;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
};

/** A text field with candidates below. Keys of an input method's own candidate window are left to it. */
export function Combobox(props: ComboboxProps) {
  const { text, onText, choices, onPick, onEnter, loading, empty, placeholder, className, id, autoFocus, ...aria } =
    props;
  const t = useTranslations('ui');
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const shown = open && (choices.length > 0 || Boolean(empty));
  // The same candidates drawn again must not move the cursor: a screen around it may be live.
  const offered = choices.map((choice) => choice.key).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: new candidates put the cursor on the first
  useEffect(() => setAt(0), [offered]);
  useEffect(() => {
    if (shown) list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at, shown]);

  const pick = (key: string) => {
    onPick(key);
    setOpen(false);
  };

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || event.keyCode === 229) {
      // Takes the input method's word; it neither chooses nor sends the form.
      if (event.key === 'Enter') event.preventDefault();
      return;
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (choices.length) setAt((now) => (now + step + choices.length) % choices.length);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const choice = shown ? choices[at] : undefined;
      if (choice) pick(choice.key);
      else onEnter?.();
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  }

  return (
    <div className={cn('relative', className)}>
      <Search
        className="pointer-events-none absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-faint"
        aria-hidden
      />
      <input
        {...aria}
        id={id}
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: a form that the operator has just called up
        autoFocus={autoFocus}
        aria-expanded={shown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown && choices[at] ? `${listId}-${at}` : undefined}
        placeholder={placeholder}
        value={text}
        className={cn(fieldLook, 'h-control ps-8 pe-8')}
        onChange={(event) => {
          onText(event.target.value);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {loading ? (
        <LoaderCircle
          className="absolute end-2.5 top-1/2 size-4 -translate-y-1/2 animate-turn text-ink-faint"
          aria-hidden
        />
      ) : text ? (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('clear')}
          className="absolute end-1 top-1/2 flex size-6 -translate-y-1/2 items-center justify-center rounded-sm text-ink-faint hover:bg-hover hover:text-ink"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onText('')}
        >
          <X className="size-3.5" />
        </button>
      ) : null}
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={aria['aria-label'] ?? placeholder ?? t('search')}
        className={cn(
          'absolute inset-x-0 top-full z-30 mt-1 max-h-72 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-float',
          !shown && 'hidden',
        )}
      >
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys (aria-activedescendant)
          <div
            key={choice.key}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            data-at={index}
            className={cn('min-h-control-sm cursor-default rounded-sm px-2 py-1 text-sm', index === at && 'bg-hover')}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setAt(index)}
            onClick={() => pick(choice.key)}
          >
            {choice.node}
          </div>
        ))}
        {choices.length === 0 && empty ? <div className="px-2 py-2 text-sm text-ink-faint">{empty}</div> : null}
      </div>
    </div>
  );
}
