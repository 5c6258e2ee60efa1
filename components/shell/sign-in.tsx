'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Eye, EyeOff, TriangleAlert } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { DemoAccounts } from './demo-accounts.tsx';
import { DemoTag } from './demo-tag.tsx';
import { PreferencesMenu } from './preferences-menu.tsx';
import { ProductMark } from './product-mark.tsx';
import { refusalOf } from './refusal.ts';
import { useTRPC } from './trpc.ts';

/** Only paths of this site: a crafted link must not lead away after signing in. */
export const safePath = (given: string | null): string => (given && /^\/(?![/\\])[^\s\\]*$/.test(given) ? given : '/');

export function SignIn() {
  const t = useTranslations();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const router = useRouter();
  const to = safePath(useSearchParams().get('to'));
  const passwordBox = useRef<HTMLInputElement>(null);
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const [tried, setTried] = useState(false);
  const about = useQuery(trpc.session.about.queryOptions());
  const signIn = useMutation(
    trpc.session.signIn.mutationOptions({
      onSuccess: () => {
        cache.clear();
        router.replace(to);
      },
      onError: () => {
        passwordBox.current?.focus();
        passwordBox.current?.select();
      },
    }),
  );
  const refusal = refusalOf(signIn.error);
  const missing = (value: string) => (tried && !value ? t('signIn.missing') : undefined);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (account.trim() && password) signIn.mutate({ account: account.trim(), password });
  }
  const watchCaps = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'));

  return (
    <main className="relative grid h-full place-items-center overflow-y-auto bg-canvas p-4">
      <div className="absolute end-3 top-3">
        <PreferencesMenu />
      </div>
      <div className="w-full max-w-[25rem]">
        <div className="mb-5 flex items-center gap-3">
          <ProductMark className="size-11 text-ink" />
          <div className="min-w-0">
            <h1 className="text-2xl font-bold tracking-wide">{t('app.name')}</h1>
            <p className="text-sm text-ink-faint">
              {t('app.city')} · {t('app.tagline')}
            </p>
          </div>
          {about.data?.demo ? <DemoTag className="ms-auto" /> : null}
        </div>
        <form
          onSubmit={submit}
          noValidate
          className="flex flex-col gap-3 rounded-lg border border-line bg-panel p-5 shadow-float"
        >
          <Field label={t('signIn.account')} error={missing(account.trim())}>
            <Input
              name="username"
              autoComplete="username"
              autoFocus
              className="h-control-lg text-base"
              value={account}
              onChange={(event) => setAccount(event.target.value)}
            />
          </Field>
          <div className="relative">
            <Field
              label={t('signIn.password')}
              error={missing(password)}
              hint={caps ? t('signIn.capsLock') : undefined}
            >
              <Input
                ref={passwordBox}
                name="password"
                type={shown ? 'text' : 'password'}
                autoComplete="current-password"
                className="h-control-lg pe-10 text-base"
                value={password}
                onKeyUp={watchCaps}
                onChange={(event) => setPassword(event.target.value)}
              />
            </Field>
            <Button
              look="quiet"
              size="icon-sm"
              className="absolute end-1.5 top-[1.75rem]"
              aria-pressed={shown}
              aria-label={shown ? t('signIn.hide') : t('signIn.show')}
              onClick={() => setShown(!shown)}
            >
              {shown ? <EyeOff /> : <Eye />}
            </Button>
          </div>
          {signIn.isError ? (
            <p
              role="alert"
              className="flex items-start gap-2 rounded-md border border-critical/40 bg-critical-wash px-3 py-2 text-sm text-critical-text"
            >
              <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
              {refusal ? t(`refusal.${refusal.refused}`) : t('signIn.unreachable')}
            </p>
          ) : null}
          <Button type="submit" look="primary" size="lg" disabled={signIn.isPending} className="mt-1">
            {signIn.isPending ? t('signIn.sending') : t('signIn.submit')}
          </Button>
        </form>
        {about.data?.demoAccounts?.length ? (
          <DemoAccounts
            accounts={about.data.demoAccounts}
            onUse={(chosen) => {
              setAccount(chosen.account);
              setPassword(chosen.password);
              passwordBox.current?.focus();
            }}
          />
        ) : null}
      </div>
    </main>
  );
}
