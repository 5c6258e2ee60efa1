'use client';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useDepartments } from '@/components/live/use-departments.ts';
import { FormRefusal } from '@/components/shell/form-refusal.tsx';
import { useTRPC } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { type Role, roles } from '@/server/domain/role.ts';
import type { Account } from './accounts.tsx';

type Draft = {
  login: string;
  name: string;
  roles: ReadonlySet<Role>;
  department: string | null;
  district: string;
  password: string;
  disabled: boolean;
};

const draftOf = (of: Account | null): Draft => ({
  login: of?.login ?? '',
  name: of?.name ?? '',
  roles: new Set(of?.roles ?? []),
  department: of?.department ?? null,
  district: of?.district ?? '',
  password: '',
  disabled: of?.disabled ?? false,
});

const loginShape = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u;

function faultsOf(draft: Draft, isNew: boolean) {
  return {
    login: isNew && !loginShape.test(draft.login.trim()),
    name: !draft.name.trim(),
    roles: draft.roles.size === 0,
    department: draft.roles.has('liaison') && draft.department === null,
    district: draft.district.trim() !== '' && !/^\d{6}$/.test(draft.district.trim()),
    password: isNew && !draft.password,
  };
}

export type AccountDialogProps = { account: Account | null; onClose: () => void; onSaved: () => void };

export function AccountDialog({ account, onClose, onSaved }: AccountDialogProps) {
  const t = useTranslations();
  const codes = useCodeWords();
  const departments = useDepartments();
  const trpc = useTRPC();
  const form = useId();
  const [draft, setDraft] = useState(() => draftOf(account));
  const [tried, setTried] = useState(false);
  const create = useMutation(trpc.account.create.mutationOptions({ onSuccess: onSaved }));
  const change = useMutation(trpc.account.change.mutationOptions({ onSuccess: onSaved }));
  const busy = create.isPending || change.isPending;
  const faults = faultsOf(draft, account === null);
  const error = (field: keyof typeof faults) => (tried && faults[field] ? t(`access.fault.${field}`) : undefined);
  const put = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (busy || Object.values(faults).some(Boolean)) return;
    const facts = {
      name: draft.name.trim(),
      roles: roles.filter((role) => draft.roles.has(role)),
      department: draft.department,
      district: draft.district.trim() || null,
    };
    if (account) {
      // Only what was changed: nobody changes the own roles, and a form that was opened must not count as an attempt.
      const sameRoles = facts.roles.join() === roles.filter((role) => account.roles.includes(role)).join();
      change.mutate({
        id: account.id,
        ...facts,
        roles: sameRoles ? undefined : facts.roles,
        disabled: draft.disabled === account.disabled ? undefined : draft.disabled,
        password: draft.password || undefined,
      });
    } else create.mutate({ login: draft.login.trim(), password: draft.password, ...facts });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={account ? t('access.changeOf', { name: account.name }) : t('access.new')}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form={form} look="primary" aria-disabled={busy}>
            {busy ? t('command.sending') : t('ui.save')}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className="flex flex-col gap-3">
        <div className="grid grid-cols-2 gap-3">
          <Field label={t('access.login')} required={!account} error={error('login')}>
            <Input
              disabled={account !== null}
              maxLength={64}
              value={draft.login}
              onChange={(event) => put({ login: event.target.value })}
            />
          </Field>
          <Field label={t('access.name')} required error={error('name')}>
            <Input maxLength={100} value={draft.name} onChange={(event) => put({ name: event.target.value })} />
          </Field>
        </div>
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-xs font-medium text-ink-soft">{t('access.roles')}</legend>
          <div className="grid grid-cols-3 gap-x-3 gap-y-1">
            {roles.map((role) => (
              // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside
              <label key={role} className="flex min-h-control-sm items-center gap-2 text-sm">
                <Checkbox
                  checked={draft.roles.has(role)}
                  onCheckedChange={(on) => {
                    const next = new Set(draft.roles);
                    if (on === true) next.add(role);
                    else next.delete(role);
                    put({ roles: next });
                  }}
                />
                {t(`domain.role.${role}`)}
              </label>
            ))}
          </div>
          {error('roles') ? (
            <p role="alert" className="text-xs text-critical-text">
              {error('roles')}
            </p>
          ) : null}
        </fieldset>
        <div className="grid grid-cols-2 gap-3">
          <Field label={t('access.department')} error={error('department')}>
            <Select
              value={draft.department ?? 'none'}
              onValueChange={(value) => put({ department: value === 'none' ? null : value })}
              choices={[
                { value: 'none', label: t('ui.none') },
                ...departments.map((value) => ({ value, label: codes.department(value) ?? value })),
              ]}
            />
          </Field>
          <Field label={t('access.district')} error={error('district')} hint={t('access.districtHint')}>
            <Input
              inputMode="numeric"
              maxLength={6}
              value={draft.district}
              onChange={(event) => put({ district: event.target.value })}
            />
          </Field>
        </div>
        <Field
          label={t(account ? 'access.newPassword' : 'access.password')}
          required={!account}
          error={error('password')}
          hint={t(account ? 'access.newPasswordHint' : 'signIn.setUpPasswordHint')}
        >
          <Input
            type="password"
            autoComplete="new-password"
            maxLength={1000}
            value={draft.password}
            onChange={(event) => put({ password: event.target.value })}
          />
        </Field>
        {account ? (
          // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside
          <label className="flex items-center gap-2 text-sm">
            <Checkbox checked={draft.disabled} onCheckedChange={(on) => put({ disabled: on === true })} />
            {t('access.disable')}
          </label>
        ) : null}
        <FormRefusal error={create.error ?? change.error} />
      </form>
    </Dialog>
  );
}
