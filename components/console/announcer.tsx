'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useNow } from '@/components/ui/clock.ts';
import { type Announcements, hear, say, silent } from './announcements.ts';
import type { QueueRow } from './queue-order.ts';

/** Says what is new to whoever does not see the list. What was there at the start is not news. */
export function Announcer({ rows, ready }: { rows: readonly QueueRow[]; ready: boolean }) {
  const t = useTranslations('console.announce');
  const now = useNow();
  const known = useRef<Set<string> | null>(null);
  const waiting = useRef<Announcements>(silent);
  const [words, setWords] = useState('');

  useEffect(() => {
    if (!ready) return;
    if (known.current === null) {
      known.current = new Set(rows.map((row) => row.key));
      return;
    }
    const fresh = rows.filter((row) => !known.current?.has(row.key));
    for (const row of fresh) known.current.add(row.key);
    waiting.current = hear(
      waiting.current,
      fresh.map((row) => {
        const title = row.of === 'signal' ? row.signal.title : `${row.incident.number ?? ''} ${row.incident.title}`;
        return { key: row.key, critical: row.priority === 'P1', words: t(row.of, { priority: row.priority, title }) };
      }),
    );
  }, [rows, ready, t]);

  useEffect(() => {
    if (now === null) return;
    const { next, said } = say(waiting.current, now);
    waiting.current = next;
    if (said) setWords(said.kind === 'one' ? said.words : t('flood', { count: said.count, critical: said.critical }));
  }, [now, t]);

  return (
    <div aria-live="polite" role="status" className="sr-only">
      {words}
    </div>
  );
}
