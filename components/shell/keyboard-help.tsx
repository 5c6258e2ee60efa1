'use client';
import { Keyboard as KeyboardIcon, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Fragment, useEffect, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Kbd } from '@/components/ui/kbd.tsx';
import {
  chordNow,
  judgeKey,
  type KeyVerdict,
  keepRemap,
  mayMove,
  noRemap,
  type Remap,
  readRemap,
  swapKeys,
  withKey,
  withoutKey,
} from './key-remap.ts';
import { type Binding, chordOf } from './keyboard.ts';
import { useSigned } from './session-gate.tsx';
import { useBindings, useComposition, useHotkeys, useRemap } from './use-hotkeys.tsx';

const printed: Record<string, string> = {
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
};
const printChord = (chord: string): string[] =>
  (chord === '+' ? ['+'] : chord.split('+')).map((part) => printed[part] ?? part.toUpperCase());

/** The key as this person has it. */
export function ChordKeys({ chord }: { chord: string }) {
  const { remap } = useRemap();
  return (
    <span className="inline-flex items-center gap-1">
      {printChord(chordNow(remap, chord)).map((part) => (
        <Kbd key={part}>{part}</Kbd>
      ))}
    </span>
  );
}

/** The same in a button's own letters. */
export function ChordHint({ chord }: { chord: string }) {
  const { remap } = useRemap();
  return (
    <span aria-hidden className="text-2xs opacity-75">
      {printChord(chordNow(remap, chord)).join('+')}
    </span>
  );
}

function grouped(bindings: readonly Binding[]): [string, Binding[]][] {
  const groups = new Map<string, Binding[]>();
  const seen = new Set<string>();
  for (const binding of bindings) {
    const key = `${binding.group}|${binding.chord}|${binding.label}`;
    if (seen.has(key)) continue;
    seen.add(key);
    groups.set(binding.group, [...(groups.get(binding.group) ?? []), binding]);
  }
  return [...groups];
}

const storage = () => (typeof localStorage === 'undefined' ? null : localStorage);

/** Every shortcut of the page, by one key; each can be another one. */
export function KeyboardHelp() {
  const t = useTranslations('shell');
  const { actor } = useSigned();
  const [open, setOpen] = useState(false);
  const [changing, setChanging] = useState<string | null>(null);
  const bindings = useBindings();
  const { remap, setRemap } = useRemap();
  useEffect(() => setRemap(readRemap(storage(), actor.id)), [actor.id, setRemap]);
  const change = (next: Remap) => {
    keepRemap(storage(), actor.id, next);
    setRemap(next);
    setChanging(null);
  };
  useHotkeys([{ chord: '?', label: t('help'), group: t('helpGeneral'), run: () => setOpen(true) }]);
  const labelOf = (chord: string) => bindings.find((one) => one.chord === chord)?.label ?? printChord(chord).join('+');
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setChanging(null);
      }}
      title={t('help')}
      description={t('helpHint')}
      size="lg"
      footer={
        Object.keys(remap).length > 0 ? (
          <Button size="sm" onClick={() => change(noRemap)}>
            <RotateCcw aria-hidden />
            {t('keys.resetAll')}
          </Button>
        ) : null
      }
    >
      <div className="columns-1 gap-8 sm:columns-2">
        {grouped(bindings).map(([group, rows]) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-xs font-medium text-ink-faint">{group}</h3>
            <dl className="grid grid-cols-[1fr_auto] items-center gap-x-4 text-sm">
              {rows.map((row) => (
                <Fragment key={`${row.chord}${row.label}`}>
                  <dt className="border-t border-line py-1">{row.label}</dt>
                  <dd className="flex h-full items-center justify-end gap-1 border-t border-line py-1">
                    {changing === `${group} ${row.chord}` ? (
                      <Capture
                        from={row.chord}
                        remap={remap}
                        labelOf={labelOf}
                        onChange={change}
                        onCancel={() => setChanging(null)}
                      />
                    ) : (
                      <>
                        <ChordKeys chord={row.chord} />
                        {remap[row.chord] ? (
                          <Button
                            look="quiet"
                            size="icon-sm"
                            aria-label={t('keys.reset', { label: row.label })}
                            onClick={() => change(withoutKey(remap, row.chord))}
                          >
                            <RotateCcw />
                          </Button>
                        ) : null}
                        {mayMove(row.chord) ? (
                          <Button
                            look="quiet"
                            size="icon-sm"
                            aria-label={t('keys.change', { label: row.label })}
                            onClick={() => setChanging(`${group} ${row.chord}`)}
                          >
                            <KeyboardIcon />
                          </Button>
                        ) : null}
                      </>
                    )}
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

type CaptureProps = {
  from: string;
  remap: Remap;
  labelOf: (chord: string) => string;
  onChange: (remap: Remap) => void;
  onCancel: () => void;
};

/** Waits for the key itself; Escape leaves it as it is. */
function Capture({ from, remap, labelOf, onChange, onCancel }: CaptureProps) {
  const t = useTranslations('shell.keys');
  const composition = useComposition();
  const [said, setSaid] = useState<{ chord: string; verdict: KeyVerdict } | null>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (composition.covers(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === 'Escape') return onCancel();
      const chord = chordOf(event);
      const verdict = judgeKey(remap, from, chord);
      if (verdict.kind === 'good') return onChange(withKey(remap, from, chord));
      if (verdict.kind === 'unchanged') return onCancel();
      if (verdict.kind === 'taken' && chord === said?.chord) return onChange(swapKeys(remap, from, verdict.by));
      if (verdict.kind !== 'incomplete') setSaid({ chord, verdict });
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [composition, remap, from, said, onChange, onCancel]);
  const verdict = said?.verdict;
  return (
    <output className="max-w-56 text-end text-xs text-caution-text" aria-live="assertive">
      {verdict?.kind === 'taken'
        ? t('taken', { key: printChord(said?.chord ?? '').join('+'), label: labelOf(verdict.by) })
        : verdict?.kind === 'reserved'
          ? t('reserved', { key: printChord(said?.chord ?? '').join('+') })
          : t('press')}
    </output>
  );
}
