'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Empty, Loading } from '@/components/ui/states.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { may } from '@/server/domain/policy.ts';
import type { Rule } from '@/server/domain/rule.ts';
import { priorities } from '@/server/domain/scale.ts';
import { RuleDialog, useSetRule } from './rule-dialog.tsx';
import { useAlarmWords } from './use-alarm-words.ts';

type Held = { readonly version: number; readonly body: Rule };

/** What is an alarm here, why, and who says so. A duty chief changes numbers and delays, or switches one off; the log says who did. */
export function Rules() {
  const t = useTranslations('alarms');
  const { actor } = useSigned();
  const codes = useCodeWords();
  const words = useAlarmWords();
  const formats = useFormats();
  const [editing, setEditing] = useState<Held | null>(null);
  const { held, ready } = useRecords((all) => ({ held: all.all('rule'), ready: all.position !== null }), { hz: 0 });
  const command = useSetRule(() => undefined);
  const maySet = may(actor, 'rule.set');
  const rules = [...held.values()].sort(
    (a, b) =>
      priorities.indexOf(a.body.priority) - priorities.indexOf(b.body.priority) || (a.body.id < b.body.id ? -1 : 1),
  );
  const toggle = ({ version, body }: Held) => {
    const { changed: _who, ...rule } = body;
    command.run({ rule: { ...rule, enabled: !rule.enabled }, version });
  };
  if (!ready) return <Loading />;
  if (rules.length === 0) return <Empty title={t(may(actor, 'rule.read') ? 'rule.none' : 'rule.mayNot')} />;
  return (
    <>
      <Table aria-label={t('tab.rules')}>
        <thead className="sticky top-0 z-10">
          <tr>
            <Th>{t('rule.on')}</Th>
            <Th>{t('rule.rule')}</Th>
            <Th>{t('rule.condition')}</Th>
            <Th className="text-end">{t('rule.delays')}</Th>
            <Th>{t('owner')}</Th>
            <Th>{t('source')}</Th>
            <Th>{t('rule.changed')}</Th>
            {maySet ? <Th aria-label={t('rule.change')} /> : null}
          </tr>
        </thead>
        <tbody>
          {rules.map((one) => {
            const rule = one.body;
            const title = words.of(rule.title);
            return (
              <Tr key={rule.id} className={cn(!rule.enabled && 'text-ink-faint')}>
                <Td>
                  <Checkbox
                    aria-label={t('rule.enable', { name: title })}
                    checked={rule.enabled}
                    disabled={!maySet || command.busy}
                    onCheckedChange={() => toggle(one)}
                  />
                </Td>
                <Td className="min-w-52">
                  <span className="flex items-center gap-2">
                    <PriorityMark priority={rule.priority} />
                    <span className="font-medium">{title}</span>
                    {rule.enabled ? null : <Badge tone="caution">{t('rule.off')}</Badge>}
                  </span>
                  <span className="mt-0.5 block text-2xs text-ink-faint">
                    {t(`rule.raises.${rule.raises}`)}
                    {rule.groupedBy === 'site' ? ` · ${t('rule.site')}` : ''}
                  </span>
                </Td>
                <Td className="max-w-96 text-xs">{words.conditionOf(rule)}</Td>
                <Td className="figures text-end text-xs whitespace-nowrap">
                  {t('rule.delay', { on: rule.onDelayS, off: rule.offDelayS })}
                </Td>
                <Td className="text-xs whitespace-nowrap">{codes.department(rule.owner) ?? t('desk')}</Td>
                <Td className="max-w-64 text-xs">
                  {words.of(rule.source.text)}{' '}
                  <Badge tone={rule.source.verified ? 'good' : 'neutral'}>
                    {t(rule.source.verified ? 'verified' : 'unverified')}
                  </Badge>
                </Td>
                <Td className="text-xs whitespace-nowrap text-ink-soft">
                  {rule.changed ? (
                    <>
                      {rule.changed.by.name}
                      <span className="block text-2xs text-ink-faint">{formats.dateTime(rule.changed.at)}</span>
                    </>
                  ) : (
                    t('rule.seeded')
                  )}
                </Td>
                {maySet ? (
                  <Td className="text-end">
                    <Button size="sm" aria-label={t('rule.edit', { name: title })} onClick={() => setEditing(one)}>
                      {t('rule.change')}
                    </Button>
                  </Td>
                ) : null}
              </Tr>
            );
          })}
        </tbody>
      </Table>
      {editing ? (
        <RuleDialog
          key={`${editing.body.id}/${editing.version}`}
          rule={editing.body}
          version={editing.version}
          onClose={() => setEditing(null)}
        />
      ) : null}
    </>
  );
}
