'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { KeyboardHelp } from './keyboard-help.tsx';
import { SessionGate } from './session-gate.tsx';
import { TopBar } from './top-bar.tsx';

export type FrameProps = {
  children: ReactNode;
  status?: ReactNode;
  /** A line across the page: the connection is lost, the database is gone. */
  banner?: ReactNode;
};

/** The frame of every desk screen: bar, banner, page. */
export function Frame({ children, status, banner }: FrameProps) {
  const t = useTranslations('nav');
  return (
    <SessionGate>
      <a href="#main" className="skip-link rounded-md bg-primary px-3 py-2 text-sm text-primary-ink">
        {t('skip')}
      </a>
      <div className="flex h-full flex-col">
        <TopBar status={status} />
        {banner}
        <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
          {children}
        </main>
      </div>
      <KeyboardHelp />
    </SessionGate>
  );
}
