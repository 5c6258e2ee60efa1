'use client';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import type { Rule } from '@/server/domain/rule.ts';
import { useSetRule } from './rule-dialog.tsx';
import { useAlarmWords } from './use-alarm-words.ts';

export type RetireRuleDialogProps = { rule: Omit<Rule, 'changed'>; version: number; onClose: () => void };

/** Out of use and out of the list; what it raised ends now, and stays in the log. */
export function RetireRuleDialog({ rule, version, onClose }: RetireRuleDialogProps) {
  const t = useTranslations('alarms.rule');
  const ui = useTranslations('ui');
  const words = useAlarmWords();
  const command = useSetRule(onClose);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="sm"
      title={t('retireOne', { name: words.of(rule.title) })}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button
            look="primary"
            aria-disabled={command.busy}
            onClick={() => command.busy || command.run({ rule: { ...rule, enabled: false, retired: true }, version })}
          >
            {t('retire')}
          </Button>
        </>
      }
    >
      <p className="text-sm">{t('retireHint')}</p>
    </Dialog>
  );
}
