'use client';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { Actor } from '@/server/domain/role.ts';
import { FormRefusal } from './form-refusal.tsx';
import { doorForm } from './sign-in-form.tsx';
import { useTRPC } from './trpc.ts';

const fields = ['code', 'account', 'name', 'password'] as const;
type Draft = Record<(typeof fields)[number], string>;

/** An empty city has nobody: whoever can read the server's terminal makes the first administrator. */
export function SetUpForm({ onDone }: { onDone: (actor: Actor) => void }) {
  const t = useTranslations('signIn');
  const trpc = useTRPC();
  const [draft, setDraft] = useState<Draft>({ code: '', account: '', name: '', password: '' });
  const [tried, setTried] = useState(false);
  const setUp = useMutation(trpc.session.setUp.mutationOptions({ onSuccess: ({ actor }) => onDone(actor) }));
  const trimmed = { ...draft, code: draft.code.trim(), account: draft.account.trim(), name: draft.name.trim() };

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (fields.every((field) => trimmed[field]) && !setUp.isPending) setUp.mutate(trimmed);
  }

  const words = {
    code: t('setUpCode'),
    account: t('setUpAccount'),
    name: t('setUpName'),
    password: t('setUpPassword'),
  } as const;
  return (
    <form onSubmit={submit} noValidate className={doorForm}>
      <div>
        <h2 className="text-base font-semibold">{t('setUpTitle')}</h2>
        <p className="mt-0.5 text-xs text-ink-faint">{t('setUpHint')}</p>
      </div>
      {fields.map((field) => (
        <Field
          key={field}
          label={words[field]}
          required
          error={tried && !trimmed[field] ? t('missing') : undefined}
          hint={field === 'password' ? t('setUpPasswordHint') : undefined}
        >
          <Input
            name={field}
            type={field === 'password' ? 'password' : 'text'}
            autoComplete={field === 'password' ? 'new-password' : field === 'account' ? 'username' : 'off'}
            maxLength={field === 'password' ? 1000 : 100}
            value={draft[field]}
            onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
          />
        </Field>
      ))}
      <FormRefusal error={setUp.error} />
      <Button type="submit" look="primary" size="lg" aria-disabled={setUp.isPending} className="mt-1">
        {setUp.isPending ? t('sending') : t('setUpSubmit')}
      </Button>
    </form>
  );
}
