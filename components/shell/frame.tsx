'use client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect } from 'react';
import { useConnection } from '@/components/live/use-live.ts';
import { KeyboardHelp } from './keyboard-help.tsx';
import { LinkBanner, LiveChip, useLiveLink } from './live-status.tsx';
import { signInFrom } from './safe-path.ts';
import { SessionGate } from './session-gate.tsx';
import { SoundDesk } from './sound-desk.tsx';
import { TopBar } from './top-bar.tsx';

function Desk({ children }: { children: ReactNode }) {
  const t = useTranslations('nav');
  const { state } = useConnection();
  useLiveLink();
  const ended = state === 'signed-out';
  useEffect(() => {
    if (ended) location.replace(signInFrom(location));
  }, [ended]);
  return (
    <>
      <a href="#main" className="skip-link rounded-md bg-primary px-3 py-2 text-sm text-primary-ink">
        {t('skip')}
      </a>
      <div className="flex h-full flex-col">
        <TopBar
          status={
            <>
              <SoundDesk />
              <LiveChip />
            </>
          }
        />
        <LinkBanner />
        <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
          {children}
        </main>
      </div>
      <KeyboardHelp />
    </>
  );
}

/** The frame of every desk screen: bar, the link's banner, page. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <SessionGate>
      <Desk>{children}</Desk>
    </SessionGate>
  );
}
