'use client';
import { Ellipsis, Plus } from 'lucide-react';
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
import { Menu, MenuRow } from '@/components/ui/menu.tsx';
import { Empty, Loading } from '@/components/ui/states.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { Toggle } from '@/components/ui/toggle.tsx';
import { may } from '@/server/domain/policy.ts';
import type { Rule } from '@/server/domain/rule.ts';
import { priorities } from '@/server/domain/scale.ts';
import { RetireRuleDialog } from './retire-rule-dialog.tsx';
import { RuleDialog, useSetRule } from './rule-dialog.tsx';
import { emptyForm, formOfRule, freeId } from './rule-form.ts';
import { RuleFormDialog } from './rule-form-dialog.tsx';
import { useAlarmWords } from './use-alarm-words.ts';

type Held = { readonly version: number; readonly body: Rule };
type Opened =
  | { readonly do: 'numbers' | 'all' | 'retire'; readonly of: Held }
  | { readonly do: 'copy'; readonly of: Held }
  | { readonly do: 'new' };

const bare = ({ changed: _who, ...rule }: Rule): Omit<Rule, 'changed'> => rule;

/** What is an alarm here, why, and who says so. A duty chief adds one, changes it, switches it off or retires it; the log says who did. */
export function Rules() {
  const t = useTranslations('alarms');
  const { actor } = useSigned();
  const codes = useCodeWords();
  const words = useAlarmWords();
  const formats = useFormats();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [showsRetired, setShowsRetired] = useState(false);
  const { held, ready } = useRecords((all) => ({ held: all.all('rule'), ready: all.position !== null }), { hz: 0 });
  const command = useSetRule(() => undefined);
  const maySet = may(actor, 'rule.set');
  const taken = new Set(held.keys());
  const retiredCount = [...held.values()].filter(({ body }) => body.retired).length;
  const rules = [...held.values()]
    .filter(({ body }) => showsRetired || !body.retired)
    .sort(
      (a, b) =>
        priorities.indexOf(a.body.priority) - priorities.indexOf(b.body.priority) || (a.body.id < b.body.id ? -1 : 1),
    );
  const toggle = ({ version, body }: Held) => {
    const { retired: _back, ...rule } = bare(body);
    command.run({ rule: { ...rule, enabled: !rule.enabled }, version });
  };
  const close = () => setOpened(null);
  if (!ready) return <Loading />;
  if (rules.length === 0) return <Empty title={t(may(actor, 'rule.read') ? 'rule.none' : 'rule.mayNot')} />;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 px-3 py-2">
        {maySet ? (
          <Button size="sm" look="primary" onClick={() => setOpened({ do: 'new' })}>
            <Plus aria-hidden />
            {t('ruleForm.new')}
          </Button>
        ) : null}
        {retiredCount > 0 ? (
          <Toggle pressed={showsRetired} onPressedChange={setShowsRetired}>
            {t('rule.showRetired', { count: retiredCount })}
          </Toggle>
        ) : null}
      </div>
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
                    {rule.enabled ? null : (
                      <Badge tone="caution">{t(rule.retired ? 'rule.retired' : 'rule.off')}</Badge>
                    )}
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
                    <span className="inline-flex items-center gap-1">
                      <Button
                        size="sm"
                        aria-label={t('rule.edit', { name: title })}
                        onClick={() => setOpened({ do: 'numbers', of: one })}
                      >
                        {t('rule.change')}
                      </Button>
                      <Menu
                        label={t('rule.more', { name: title })}
                        trigger={
                          <Button size="icon-sm" look="quiet" aria-label={t('rule.more', { name: title })}>
                            <Ellipsis aria-hidden />
                          </Button>
                        }
                      >
                        <MenuRow onSelect={() => setOpened({ do: 'all', of: one })}>{t('rule.editAll')}</MenuRow>
                        <MenuRow
                          disabled={'of' in rule.condition && rule.condition.of === 'flood'}
                          onSelect={() => setOpened({ do: 'copy', of: one })}
                        >
                          {t('rule.copy')}
                        </MenuRow>
                        <MenuRow disabled={rule.retired ?? false} onSelect={() => setOpened({ do: 'retire', of: one })}>
                          {t('rule.retire')}
                        </MenuRow>
                      </Menu>
                    </span>
                  </Td>
                ) : null}
              </Tr>
            );
          })}
        </tbody>
      </Table>
      {opened ? <Dialogs opened={opened} taken={taken} onClose={close} /> : null}
    </>
  );
}

function Dialogs({ opened, taken, onClose }: { opened: Opened; taken: ReadonlySet<string>; onClose: () => void }) {
  if (opened.do === 'new')
    return <RuleFormDialog start={emptyForm(freeId('own', taken))} held={null} onClose={onClose} />;
  const { version, body } = opened.of;
  if (opened.do === 'numbers') return <RuleDialog rule={body} version={version} onClose={onClose} />;
  if (opened.do === 'retire') return <RetireRuleDialog rule={bare(body)} version={version} onClose={onClose} />;
  const held = opened.do === 'all' ? { rule: bare(body), version } : null;
  const start = held ? formOfRule(body) : { ...formOfRule(body, freeId(body.id, taken)), enabled: true };
  return <RuleFormDialog start={start} held={held} onClose={onClose} />;
}
