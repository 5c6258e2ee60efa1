'use client';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useComposition } from '@/components/shell/use-hotkeys.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Kbd } from '@/components/ui/kbd.tsx';
import { toast } from '@/components/ui/toast.tsx';
import type { Actor } from '@/server/domain/role.ts';
import { keepLines, readLines, stepLine, withLine } from './history.ts';
import { type Screen, type Shown, useCommandBar } from './use-command-bar.ts';
import { useLexicon } from './use-world.ts';

export type CommandBarProps = {
  actor: Actor;
  opened: { readonly kind: string; readonly id: string } | null;
  screen: Screen;
  onClose: () => void;
};

const storage = () => (typeof localStorage === 'undefined' ? null : localStorage);
/** Less than this nobody reads. */
const readingMs = 600;
const nothing: Shown = { kind: 'nothing' };

/** One line: verbs and codes in any order. It says in words what it understood; Enter carries out that and nothing else. */
export function CommandBar({ actor, opened, screen, onClose }: CommandBarProps) {
  const t = useTranslations('commandBar');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const composition = useComposition();
  const [line, setLine] = useState('');
  const [lines, setLines] = useState(() => readLines(storage(), actor.id));
  const [at, setAt] = useState<number | null>(null);
  /** Enter has asked which one; nothing is chosen before somebody says so. */
  const [asking, setAsking] = useState(false);
  const [choice, setChoice] = useState<number | null>(null);
  const lexicon = useLexicon(actor, opened);
  const bar = useCommandBar(lexicon, screen);
  const shown = bar.shownOf(line);
  /** What was read. A record that changes the meaning under the operator's hand is read again before it counts. */
  const read = useRef<{ shown: Shown; line: string; changedAt: number }>({ shown: nothing, line: '', changedAt: 0 });
  useEffect(() => {
    const before = read.current;
    const turned = before.line === line && JSON.stringify(before.shown) !== JSON.stringify(shown);
    read.current = { shown, line, changedAt: turned ? Date.now() : before.line === line ? before.changedAt : 0 };
  });
  // Back to where the keys were before, once the bar is gone.
  useEffect(() => {
    const before = document.activeElement;
    input.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);

  function write(next: string) {
    setLine(next);
    setAsking(false);
    setChoice(null);
  }
  function choose(index: number) {
    if (shown.kind !== 'ask') return;
    const chosen = shown.choices[index];
    if (chosen) write(chosen.line);
  }
  function enter() {
    if (shown.kind === 'ask') return choice === null ? setAsking(true) : choose(choice);
    if (shown.kind !== 'ready') return;
    if (bar.busy) return void toast.message(t('busy'));
    const { shown: seen, changedAt } = read.current;
    if (Date.now() - changedAt < readingMs || !bar.run(line, seen)) return void toast.message(t('changed'));
    const kept = withLine(lines, line.trim());
    setLines(kept);
    keepLines(storage(), actor.id, kept);
    setAt(null);
    write('');
  }
  function recall(by: 1 | -1) {
    const next = stepLine(lines, at, by);
    setAt(next);
    write(next === null ? '' : (lines[next] ?? ''));
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    // Enter, digits and arrows belong to the input method as long as it composes.
    if (composition.covers(event.nativeEvent)) return;
    const take = (then: () => void) => {
      event.preventDefault();
      event.stopPropagation();
      then();
    };
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === 'Enter' && plain && !event.repeat) return take(enter);
    if (event.key === 'Escape') return take(onClose);
    const choices = shown.kind === 'ask' ? shown.choices.length : 0;
    // A digit chooses once Enter or an arrow has asked for it: `派 12` may yet become `派 1201`.
    if (choices && (asking || event.altKey) && /^[1-9]$/.test(event.key))
      return take(() => choose(Number(event.key) - 1));
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (step === null) return;
    if (!choices) return take(() => recall(step));
    take(() => {
      setAsking(true);
      setChoice(((((choice ?? (step === 1 ? -1 : 0)) + step) % choices) + choices) % choices);
    });
  }

  return (
    <section aria-label={t('title')} data-own-keys className="shrink-0 border-t border-line bg-panel">
      <div className="mx-auto flex max-w-4xl flex-col gap-1 px-3 py-2">
        <div className="flex items-center gap-2">
          <ChevronRight className="size-4 shrink-0 text-accent-text" aria-hidden />
          <input
            ref={input}
            aria-label={t('title')}
            aria-describedby={`${id}-shown`}
            autoComplete="off"
            spellCheck={false}
            className="h-control min-w-0 flex-1 bg-transparent text-base text-ink outline-none placeholder:text-ink-faint"
            placeholder={t('placeholder')}
            value={line}
            maxLength={6_000}
            onChange={(event) => {
              setAt(null);
              write(event.target.value);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <output id={`${id}-shown`} aria-live="polite" className="min-h-[1.4em] ps-6 text-sm">
          <Said shown={shown} choice={choice} onChoose={choose} />
        </output>
      </div>
    </section>
  );
}

function Said({ shown, choice, onChoose }: { shown: Shown; choice: number | null; onChoose: (index: number) => void }) {
  const t = useTranslations('commandBar');
  switch (shown.kind) {
    case 'nothing':
      return <span className="text-xs text-ink-faint">{t('hint')}</span>;
    case 'trouble':
      return <span className="text-caution-text">{shown.words}</span>;
    case 'refused':
      return (
        <span className="text-serious-text">
          {shown.preview} <span className="ms-2 text-xs">{`${t('cannot')}：${shown.words}`}</span>
        </span>
      );
    case 'ready':
      return (
        <span className="flex flex-wrap items-baseline gap-x-3 font-medium text-ink">
          <span>{shown.preview}</span>
          {shown.implied ? (
            <span className="text-xs font-normal text-caution-text">{t('implied', { slots: shown.implied })}</span>
          ) : null}
          <span className="text-xs font-normal text-ink-faint">{t('ready')}</span>
        </span>
      );
    case 'ask':
      return (
        <span className="flex flex-wrap items-center gap-1.5">
          <span className="text-caution-text">{shown.words}</span>
          {shown.choices.map((one, index) => (
            <button
              key={`${one.slot} ${one.id}`}
              type="button"
              tabIndex={-1}
              aria-label={t('chosen', { label: one.label })}
              aria-current={index === choice}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(index)}
              className={cn(
                'inline-flex max-w-64 items-center gap-1 rounded-sm border border-line px-1.5 py-0.5 text-xs',
                index === choice && 'border-accent bg-accent-wash',
              )}
            >
              <Kbd>{index + 1}</Kbd>
              <span className="truncate">
                {one.label} <span className="text-ink-faint">{t(`slot.${one.slot}`)}</span>
              </span>
            </button>
          ))}
        </span>
      );
  }
}
