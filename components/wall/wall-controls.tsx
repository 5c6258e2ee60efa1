'use client';
import { Maximize, Pause, Play, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { cn } from '@/components/ui/cn.ts';
import { toast } from '@/components/ui/toast.tsx';
import type { Turns } from './use-turns.ts';

const hideAfterMs = 4_000;

/** Out of sight until somebody moves a mouse, tabs to it or presses a key: a wall has no chrome. */
export function WallControls({ turns }: { turns: Turns }) {
  const t = useTranslations('wall.controls');
  const router = useRouter();
  const [awake, setAwake] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const wake = () => {
      setAwake(true);
      if (timer) clearTimeout(timer);
      timer = setTimeout(() => setAwake(false), hideAfterMs);
    };
    window.addEventListener('pointermove', wake);
    return () => {
      window.removeEventListener('pointermove', wake);
      if (timer) clearTimeout(timer);
    };
  }, []);
  const leave = () => router.push('/');
  const full = () => {
    const asked = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    asked.catch(() => toast.message(t('noFull')));
  };
  useHotkeys([
    { chord: 'escape', label: t('leave'), group: t('title'), run: leave },
    { chord: 'f', label: t('full'), group: t('title'), run: full },
    { chord: 'p', label: turns.paused ? t('play') : t('pause'), group: t('title'), run: turns.pause },
    { chord: 'arrowright', label: t('next'), group: t('title'), run: () => turns.step(1) },
    { chord: 'arrowleft', label: t('previous'), group: t('title'), run: () => turns.step(-1) },
  ]);
  return (
    <nav
      aria-label={t('title')}
      className={cn(
        'fixed inset-x-0 top-2 z-30 mx-auto flex w-fit gap-2 rounded-lg border border-line-strong bg-panel p-2 text-base transition-opacity focus-within:opacity-100',
        awake ? 'opacity-100' : 'pointer-events-none opacity-0 focus-within:pointer-events-auto',
      )}
    >
      <Button size="lg" onClick={turns.pause} aria-pressed={turns.paused}>
        {turns.paused ? <Play /> : <Pause />}
        {turns.paused ? t('play') : t('pause')}
      </Button>
      <Button size="lg" onClick={full}>
        <Maximize />
        {t('full')}
      </Button>
      <Button size="lg" onClick={leave}>
        <X />
        {t('leave')}
      </Button>
    </nav>
  );
}
