'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { Failed, Loading } from '@/components/ui/states.tsx';
import type { Actor } from '@/server/domain/role.ts';
import { signInFrom } from './safe-path.ts';
import { useSession } from './use-session.ts';

export type Signed = { readonly actor: Actor; readonly demo: boolean; readonly mapboxToken: string | null };
const SignedContext = createContext<Signed | null>(null);

/** Who sits here; only below a SessionGate. */
export function useSigned(): Signed {
  const signed = useContext(SignedContext);
  if (!signed) throw new Error('no SessionGate above');
  return signed;
}

/** Shows a page to whoever is signed in; others go to the sign-in page and come back. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useSession();
  const router = useRouter();
  const t = useTranslations('shell');
  const out = session.step === 'signed-out';
  useEffect(() => {
    if (out) router.replace(signInFrom(location));
  }, [out, router]);
  if (session.step === 'signed-in') return <SignedContext value={session}>{children}</SignedContext>;
  return (
    <main className="grid h-full place-items-center">
      {session.step === 'unreachable' ? <Failed title={t('offlineApi')} onRetry={session.retry} /> : <Loading />}
    </main>
  );
}
