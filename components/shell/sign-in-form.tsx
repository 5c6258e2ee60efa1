'use client';
import { useMutation } from '@tanstack/react-query';
import { Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { Actor } from '@/server/domain/role.ts';
import { type DemoAccount, DemoAccounts } from './demo-accounts.tsx';
import { FormRefusal } from './form-refusal.tsx';
import { useTRPC } from './trpc.ts';

export const doorForm = 'flex flex-col gap-3 rounded-lg border border-line bg-panel p-5 shadow-float';

export function SignInForm({
  demoAccounts,
  onDone,
}: {
  demoAccounts: readonly DemoAccount[];
  onDone: (actor: Actor) => void;
}) {
  const t = useTranslations('signIn');
  const trpc = useTRPC();
  const passwordBox = useRef<HTMLInputElement>(null);
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const [tried, setTried] = useState(false);
  const signIn = useMutation(
    trpc.session.signIn.mutationOptions({
      onSuccess: ({ actor }) => onDone(actor),
      onError: () => {
        passwordBox.current?.focus();
        passwordBox.current?.select();
      },
    }),
  );
  const missing = (value: string) => (tried && !value ? t('missing') : undefined);
  const watchCaps = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'));

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (account.trim() && password && !signIn.isPending) signIn.mutate({ account: account.trim(), password });
  }

  return (
    <>
      <form onSubmit={submit} noValidate className={doorForm}>
        <Field label={t('account')} error={missing(account.trim())}>
          <Input
            name="username"
            autoComplete="username"
            autoFocus
            maxLength={200}
            className="h-control-lg text-base"
            value={account}
            onChange={(event) => setAccount(event.target.value)}
          />
        </Field>
        <div className="relative">
          <Field label={t('password')} error={missing(password)} hint={caps ? t('capsLock') : undefined}>
            <Input
              ref={passwordBox}
              name="password"
              type={shown ? 'text' : 'password'}
              autoComplete="current-password"
              maxLength={1000}
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
            aria-label={shown ? t('hide') : t('show')}
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff /> : <Eye />}
          </Button>
        </div>
        <FormRefusal error={signIn.error} />
        <Button type="submit" look="primary" size="lg" aria-disabled={signIn.isPending} className="mt-1">
          {signIn.isPending ? t('sending') : t('submit')}
        </Button>
      </form>
      {demoAccounts.length ? (
        <DemoAccounts
          accounts={demoAccounts}
          onUse={(chosen) => {
            setAccount(chosen.account);
            setPassword(chosen.password);
            passwordBox.current?.focus();
          }}
        />
      ) : null}
    </>
  );
}
