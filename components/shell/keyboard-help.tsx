'use client';
import { useTranslations } from 'next-intl';
import { Fragment, useState } from 'react';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Kbd } from '@/components/ui/kbd.tsx';
import type { Binding } from './keyboard.ts';
import { useBindings, useHotkeys } from './use-hotkeys.tsx';

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

export function ChordKeys({ chord }: { chord: string }) {
  const parts = chord === '+' ? ['+'] : chord.split('+');
  return (
    <span className="inline-flex items-center gap-1">
      {parts.map((part) => (
        <Kbd key={part}>{printed[part] ?? part.toUpperCase()}</Kbd>
      ))}
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

/** Every shortcut of the page, by one key. */
export function KeyboardHelp() {
  const t = useTranslations('shell');
  const [open, setOpen] = useState(false);
  const bindings = useBindings();
  useHotkeys([{ chord: '?', label: t('help'), group: t('helpGeneral'), run: () => setOpen(true) }]);
  return (
    <Dialog open={open} onOpenChange={setOpen} title={t('help')} description={t('helpHint')} size="lg">
      <div className="columns-1 gap-8 sm:columns-2">
        {grouped(bindings).map(([group, rows]) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-xs font-medium text-ink-faint">{group}</h3>
            <dl className="grid grid-cols-[1fr_auto] items-center gap-x-4 text-sm">
              {rows.map((row) => (
                <Fragment key={`${row.chord}${row.label}`}>
                  <dt className="border-t border-line py-1">{row.label}</dt>
                  <dd className="flex h-full items-center justify-end border-t border-line py-1">
                    <ChordKeys chord={row.chord} />
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
