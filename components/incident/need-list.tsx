'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { newId } from '@/components/shell/new-id.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import { incidentKinds } from '@/server/domain/incident-kind.ts';
import { FollowSection } from './follow-section.tsx';
import type { FollowUp } from './use-follow-up.ts';
import { WordsDialog } from './words-dialog.tsx';

const unitKinds = [...new Set(incidentKinds.flatMap((kind) => kind.units))].sort();

/** What the scene asks for; an open need for units is part of the next recommendation. */
export function NeedList(props: { of: Incident; mayRaise: boolean; mayAnswer: boolean; command: FollowUp }) {
  const { of, mayRaise, mayAnswer, command } = props;
  const t = useTranslations('followUp.need');
  const codes = useCodeWords();
  const formats = useFormats();
  const [declining, setDeclining] = useState<string | null>(null);
  const rows = [...of.needs].sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open') || b.at - a.at);
  return (
    <FollowSection title={t('title', { count: of.needs.filter((need) => need.state === 'open').length })}>
      <ul className="divide-y divide-line">
        {rows.map((need) => (
          <li key={need.id} className="flex flex-col gap-0.5 py-1.5 text-sm">
            <div className="flex items-center gap-2">
              <span className="min-w-0 flex-1 break-words">
                {need.unitKind ? t('units', { kind: codes.unitKind(need.unitKind), count: need.count }) : null}{' '}
                {need.text}
              </span>
              {need.state === 'open' && mayAnswer ? (
                <>
                  <Button
                    size="sm"
                    aria-disabled={command.busy}
                    onClick={() =>
                      !command.busy &&
                      command.run({ command: { act: 'answerNeed', need: need.id, state: 'met', text: '' } })
                    }
                  >
                    {t('met')}
                  </Button>
                  <Button size="sm" look="quiet" onClick={() => setDeclining(need.id)}>
                    {t('decline')}
                  </Button>
                </>
              ) : (
                <Badge tone={need.state === 'met' ? 'good' : 'neutral'}>{t(`state.${need.state}`)}</Badge>
              )}
            </div>
            <p className="text-xs text-ink-faint">
              <span className="figures">{formats.time(need.at)}</span> {need.by.name}
              {need.answered ? ` · ${need.answered.by.name} ${need.answered.text}` : ''}
            </p>
          </li>
        ))}
      </ul>
      {mayRaise ? (
        <NeedForm command={command} />
      ) : rows.length === 0 ? (
        <p className="text-xs text-ink-faint">{t('none')}</p>
      ) : null}
      {declining ? (
        <WordsDialog
          title={t('decline')}
          label={t('why')}
          required
          busy={command.busy}
          onClose={() => setDeclining(null)}
          onSend={(text) => {
            command.run({ command: { act: 'answerNeed', need: declining, state: 'declined', text } });
            setDeclining(null);
          }}
        />
      ) : null}
    </FollowSection>
  );
}

function NeedForm({ command }: { command: FollowUp }) {
  const t = useTranslations('followUp.need');
  const codes = useCodeWords();
  const [kind, setKind] = useState('material');
  const [count, setCount] = useState(1);
  const [text, setText] = useState('');
  const lacks = kind === 'material' && !text.trim();
  return (
    <form
      className="flex gap-1.5 py-1"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (lacks || command.busy) return;
        const unitKind = kind === 'material' ? null : kind;
        command.run({ command: { act: 'raiseNeed', need: newId(), unitKind, count, text: text.trim() } });
        setText('');
      }}
    >
      <Select
        aria-label={t('kind')}
        className="w-28 shrink-0"
        value={kind}
        onValueChange={setKind}
        choices={[
          { value: 'material', label: t('material') },
          ...unitKinds.map((value) => ({ value, label: codes.unitKind(value) })),
        ]}
      />
      {kind === 'material' ? null : (
        <Input
          type="number"
          min={1}
          max={100}
          className="w-16 shrink-0"
          aria-label={t('howMany')}
          value={count}
          onChange={(event) => setCount(Math.max(1, Math.min(100, event.target.valueAsNumber || 1)))}
        />
      )}
      <Input
        maxLength={2000}
        aria-label={t('what')}
        placeholder={t('what')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" aria-disabled={lacks || command.busy}>
        {t('raise')}
      </Button>
    </form>
  );
}
