'use client';
import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { refusalOf } from './refusal.ts';

/** Fields that have words of their own. */
const fields = ['password', 'roles', 'login', 'code'] as const;

/** Why a form was not taken, above its button; an error without a refusal is a server that did not answer. */
export function FormRefusal({ error }: { error: unknown }) {
  const t = useTranslations();
  if (!error) return null;
  const refusal = refusalOf(error);
  const about = refusal?.refused === 'bad_input' ? fields.find((field) => field === refusal.subject) : undefined;
  return (
    <p
      role="alert"
      className="flex items-start gap-2 rounded-md border border-critical/40 bg-critical-wash px-3 py-2 text-sm text-critical-text"
    >
      <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      {refusal ? (about ? t(`signIn.about.${about}`) : t(`refusal.${refusal.refused}`)) : t('signIn.unreachable')}
    </p>
  );
}
