'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AccountMenu } from './account-menu.tsx';
import { BeijingClock } from './beijing-clock.tsx';
import { DemoTag } from './demo-tag.tsx';
import { MainNav } from './main-nav.tsx';
import { MentionMark } from './mention-mark.tsx';
import { PreferencesMenu } from './preferences-menu.tsx';
import { ProductMark } from './product-mark.tsx';
import { useSigned } from './session-gate.tsx';

/** `status` is where the connection says how it is. */
export function TopBar({ status }: { status?: ReactNode }) {
  const t = useTranslations('app');
  const { demo } = useSigned();
  return (
    <header className="flex h-[max(44px,2.9rem)] shrink-0 items-center gap-3 border-b border-line bg-panel px-3 print:hidden">
      <div className="flex shrink-0 items-center gap-2">
        <ProductMark className="size-6 text-ink" />
        <span className="text-base font-bold tracking-wide whitespace-nowrap">{t('name')}</span>
        <span className="hidden border-s border-line ps-2 text-xs whitespace-nowrap text-ink-faint xl:inline">
          {t('city')}
        </span>
        {demo ? <DemoTag /> : null}
      </div>
      <MainNav />
      <div className="ms-auto flex shrink-0 items-center gap-2">
        {status}
        <MentionMark />
        <BeijingClock className="px-1 text-base" />
        <PreferencesMenu />
        <AccountMenu />
      </div>
    </header>
  );
}
