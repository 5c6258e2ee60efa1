'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Menu, MenuRow } from '@/components/ui/menu.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import { may } from '@/server/domain/policy.ts';
import type { Actor } from '@/server/domain/role.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import { ReassignDialog } from './reassign-dialog.tsx';

export type ReassignMenuProps = { actor: Actor; incident: Incident | null; assignment: string };

/** Away from here: to another incident, or in exchange. Nothing for whoever may not send. */
export function ReassignMenu({ actor, incident, assignment }: ReassignMenuProps) {
  const t = useTranslations('incident.reassign');
  const [mode, setMode] = useState<'move' | 'swap' | null>(null);
  const held = incident?.assignments.find((one) => one.id === assignment);
  if (!incident || !held || held.state === 'transporting') return null;
  if (!may(actor, 'incident.dispatch', subjectOf.incident(incident))) return null;
  return (
    <>
      <Menu label={t('move')} trigger={<Button size="sm">{t('move')}</Button>}>
        <MenuRow onSelect={() => setMode('move')}>{t('moveTo')}</MenuRow>
        <MenuRow onSelect={() => setMode('swap')}>{t('swapWith')}</MenuRow>
      </Menu>
      {mode ? <ReassignDialog mode={mode} incident={incident} assignment={held} onClose={() => setMode(null)} /> : null}
    </>
  );
}
