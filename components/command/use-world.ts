'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { loadSpelling, type Spell } from '@/components/console/list-search.ts';
import type { Held } from '@/components/live/record-store.ts';
import { useDepartments } from '@/components/live/use-departments.ts';
import { useRecords } from '@/components/live/use-live.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { serverNow } from '@/components/ui/clock.ts';
import type { AggregateKind, AggregateState } from '@/server/domain/aggregate.ts';
import type { Actor } from '@/server/domain/role.ts';
import { createLexicon, type Lexicon } from './lexicon.ts';

const bodies = <K extends AggregateKind>(of: ReadonlyMap<string, Held<K>>): ReadonlyMap<string, AggregateState<K>> =>
  new Map(Array.from(of, ([id, held]) => [id, held.body]));

const pages = {
  '/': 'console',
  '/alarms': 'alarms',
  '/stationing': 'stationing',
  '/feeds': 'feeds',
  '/stations': 'stations',
  '/review': 'review',
  '/accounts': 'accounts',
} as const;

/** Every name there is just now; made while the bar is open, and again when a record changes. */
export function useLexicon(actor: Actor, opened: { kind: string; id: string } | null): Lexicon {
  const t = useTranslations();
  const language = useLocale() === 'en' ? 'en' : 'zh-CN';
  const words = useCodeWords();
  const departments = useDepartments().join(' ');
  const [spell, setSpell] = useState<Spell | null>(null);
  useEffect(() => {
    let gone = false;
    loadSpelling().then((loaded) => !gone && setSpell(() => loaded), console.error);
    return () => {
      gone = true;
    };
  }, []);
  const { incidents, signals, units, alarms, plans } = useRecords((all) => ({
    incidents: all.all('incident'),
    signals: all.all('signal'),
    units: all.all('unit'),
    alarms: all.all('alarm'),
    plans: all.all('plan'),
  }));
  const kind = opened?.kind;
  const id = opened?.id;
  return useMemo(
    () =>
      createLexicon({
        incidents: bodies(incidents),
        signals: bodies(signals),
        units: bodies(units),
        alarms: bodies(alarms),
        plans: bodies(plans),
        departments: departments.split(' ').filter(Boolean),
        called: {
          department: (of) => [words.department(of) ?? of],
          unitKind: (code) => [words.unitKind(code)],
          page: (path) => [t(`nav.${pages[path as keyof typeof pages]}`)],
        },
        pages: Object.keys(pages),
        opened: kind && id ? { kind, id } : null,
        language,
        actor,
        now: serverNow(),
        spell,
      }),
    [incidents, signals, units, alarms, plans, departments, words, t, language, kind, id, actor, spell],
  );
}
