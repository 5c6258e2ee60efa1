'use client';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Actor } from '@/server/domain/role.ts';
import { DemoTag } from './demo-tag.tsx';
import { homeOf } from './home-of.ts';
import { PreferencesMenu } from './preferences-menu.tsx';
import { ProductMark } from './product-mark.tsx';
import { safePath } from './safe-path.ts';
import { SetUpForm } from './set-up-form.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { useTRPC } from './trpc.ts';

/** The door: signing in, or the first administrator of an empty city. */
export function SignIn() {
  const t = useTranslations('app');
  const trpc = useTRPC();
  const to = safePath(useSearchParams().get('to'));
  const about = useQuery(trpc.session.about.queryOptions());
  /** By a whole new page: nothing of who sat here before stays in memory. */
  const enter = (actor: Actor) => location.replace(to === '/' ? homeOf(actor) : to);
  return (
    <main className="relative h-full overflow-y-auto bg-canvas p-4">
      <div className="absolute end-3 top-3">
        <PreferencesMenu />
      </div>
      <div className="mx-auto flex min-h-full w-full max-w-[25rem] flex-col justify-center py-8">
        <div className="mb-5 flex items-center gap-3">
          <ProductMark className="size-11 text-ink" />
          <div className="min-w-0">
            <h1 className="text-2xl font-bold tracking-wide">{t('name')}</h1>
            <p className="text-sm text-ink-faint">
              {t('city')} · {t('tagline')}
            </p>
          </div>
          {about.data?.demo ? <DemoTag className="ms-auto" /> : null}
        </div>
        {about.data?.setUpNeeded ? (
          <SetUpForm onDone={enter} />
        ) : (
          <SignInForm demoAccounts={about.data?.demoAccounts ?? []} onDone={enter} />
        )}
      </div>
    </main>
  );
}
