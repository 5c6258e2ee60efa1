'use client';
import { useEffect } from 'react';
import { useConnection } from '@/components/live/use-live.ts';

const patienceMs = 10 * 60_000;
const askEveryMs = 60_000;

/** Nobody stands beside a wall to press a key: after ten minutes without contact it starts anew, once the server answers again. */
export function useSelfHealing(): void {
  const { state, lostSince } = useConnection();
  const since = state === 'lost' ? lostSince : null;
  useEffect(() => {
    if (since === null) return;
    const ask = async () => {
      if (Date.now() - since < patienceMs) return;
      const answered = await fetch('/healthz', { cache: 'no-store' }).then(
        (answer) => answer.ok,
        () => false,
      );
      if (answered) location.reload();
    };
    const timer = setInterval(() => void ask(), askEveryMs);
    return () => clearInterval(timer);
  }, [since]);
}
