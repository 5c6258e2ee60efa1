'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import { levelOf } from '@/server/domain/plan.ts';
import { proposePlans, startPlan } from '@/server/domain/plan-run.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { ResponseLevel, warningColours } from '@/server/domain/scale.ts';

export type RoomUpgradeProps = {
  of: Incident;
  actor: Actor;
  warnings: readonly (typeof warningColours)[number][];
  onDone: () => void;
  onClose: () => void;
};
type Asked = { reason: string; start: { plan: string; level: ResponseLevel; language: 'zh-CN' | 'en' } | null };

/** Makes the incident a major one where it stands: a reason, and whom the plan calls up. Nothing is typed again. */
export function RoomUpgrade({ of, actor, warnings, onDone, onClose }: RoomUpgradeProps) {
  const t = useTranslations('room.upgrade');
  const words = useTranslations();
  const codes = useCodeWords();
  const client = useTRPCClient();
  const form = useId();
  const locale = useLocale();
  const language = locale === 'en' ? 'en' : 'zh-CN';
  const [reason, setReason] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const plans = useQuery({ queryKey: ['plan.list'], queryFn: () => client.plan.list.query(), staleTime: 60_000 });
  const command = useCommand<Asked, unknown>(
    ({ commandId, reason: why, start }) =>
      client.incident.followUp.mutate({
        ...{ commandId, incident: of.id, start },
        command: { act: 'upgrade', reason: why },
      }),
    { saved: t('saved'), onSaved: onDone },
  );

  const all = plans.data ?? [];
  const running = of.plan ? all.find((plan) => plan.id === of.plan?.plan) : undefined;
  const proposed = of.plan ? [] : proposePlans(all, of, warnings);
  const choices = (running ? [running] : proposed.map((one) => one.plan)).flatMap((plan) =>
    plan.levels
      .filter(({ level }) => {
        const starting = { plan, level, language, newTaskId: () => '-', newOrderId: () => '-' as never } as const;
        return !wasRefused(startPlan(of, starting, { now: 0, actor }));
      })
      .map((level) => ({
        value: `${plan.id}/${level.level}`,
        label: `${plan.title[language] || plan.title['zh-CN']} · ${words(`domain.response.${level.level}`)}`,
      })),
  );
  const first = proposed[0];
  const suggested =
    first && choices.some((one) => one.value === `${first.plan.id}/${first.level}`)
      ? `${first.plan.id}/${first.level}`
      : 'none';
  const value = chosen ?? suggested;
  const [planId = '', level = ''] = value.split('/');
  const plan = all.find((one) => one.id === planId);
  const asked = plan ? levelOf(plan, Number(level) as ResponseLevel) : null;
  const called = asked?.departments.map((one) => codes.department(one.department) ?? one.department) ?? [];
  const lacks = !reason.trim();
  function send() {
    setTried(true);
    if (lacks || command.busy || !plans.isFetched) return;
    const start = plan ? ({ plan: plan.id, level: Number(level) as ResponseLevel, language } as const) : null;
    command.run({ reason: reason.trim(), start });
  }
  useHotkeys([
    { chord: 'ctrl+enter', label: t('title'), group: words('incident.keys'), run: send, inField: true, inDialog: true },
  ]);
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={t('hint')}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {words('ui.cancel')}
          </Button>
          <Button type="submit" form={form} look="primary" disabled={command.busy || !plans.isFetched}>
            {command.busy ? words('command.sending') : t('do')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          send();
        }}
      >
        <Field label={t('reason')} required error={tried && lacks ? words('incident.dialog.missing') : undefined}>
          <Textarea rows={3} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <Field label={t('plan')} hint={called.length ? t('calls', { names: called.join('、') }) : t('callsNobody')}>
          <Select
            value={value}
            onValueChange={setChosen}
            choices={[...choices, { value: 'none', label: t(of.plan ? 'asRunning' : 'noPlan') }]}
          />
        </Field>
      </form>
    </Dialog>
  );
}
