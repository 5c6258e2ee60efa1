'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { newId } from '@/components/shell/new-id.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { serverNow } from '@/components/ui/clock.ts';
import { cn } from '@/components/ui/cn.ts';
import { Duration } from '@/components/ui/duration.tsx';
import { Menu, MenuRow } from '@/components/ui/menu.tsx';
import { type FileId, isOpenTask, type Task } from '@/server/domain/follow-up.ts';
import { decideFollowUp, type FollowUpCommand } from '@/server/domain/follow-up-decide.ts';
import type { Incident } from '@/server/domain/incident.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import { FollowSection } from './follow-section.tsx';
import { RoomFileRow } from './room-files.tsx';
import { TaskDialog } from './task-dialog.tsx';
import { TaskDoneDialog } from './task-done-dialog.tsx';
import type { FollowUp } from './use-follow-up.ts';
import { WordsDialog } from './words-dialog.tsx';

export type TaskListProps = { of: Incident; actor: Actor; command: FollowUp };
type Asking = { readonly task: Task; readonly about: 'done' | 'passed' | 'back' | 'cancel' };

/** What the domain itself says of a step, so that a button never promises what the server refuses. */
const isPossible = (of: Incident, actor: Actor, command: FollowUpCommand): boolean =>
  !wasRefused(decideFollowUp(of, command, { now: Math.round(serverNow()), actor }));

const commandOf = (
  { task, about }: Asking & { about: Exclude<Asking['about'], 'done'> },
  text: string,
): FollowUpCommand => {
  switch (about) {
    case 'passed':
    case 'back':
      return { act: 'verifyTask', task: task.id, passed: about === 'passed', text };
    case 'cancel':
      return { act: 'cancelTask', task: task.id, reason: text };
  }
};

export function TaskList({ of, actor, command }: TaskListProps) {
  const t = useTranslations('followUp.task');
  const [asking, setAsking] = useState<Asking | null>(null);
  const [adding, setAdding] = useState(false);
  const rows = [...of.tasks].sort(
    (a, b) => Number(isOpenTask(b)) - Number(isOpenTask(a)) || (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity),
  );
  const blank = { act: 'addTask', task: '-', title: '-', text: '', dueAt: null, evidence: false } as const;
  const mayAdd = isPossible(of, actor, { ...blank, owner: { kind: 'role', id: 'dispatcher' } });
  return (
    <FollowSection
      title={t('title', { count: of.tasks.filter(isOpenTask).length })}
      action={
        mayAdd ? (
          <Button size="sm" look="quiet" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        ) : null
      }
    >
      {rows.length === 0 ? <p className="text-xs text-ink-faint">{t('none')}</p> : null}
      <ul className="divide-y divide-line">
        {rows.map((task) => (
          <Row
            key={task.id}
            of={of}
            task={task}
            actor={actor}
            busy={command.busy}
            onRun={(next) => command.run({ command: next })}
            onAsk={(about) => setAsking({ task, about })}
          />
        ))}
      </ul>
      {asking?.about === 'done' ? (
        <TaskDoneDialog
          incident={of.id}
          task={asking.task}
          busy={command.busy}
          onClose={() => setAsking(null)}
          onSend={({ text, files }) => {
            command.run({ command: { act: 'finishTask', task: asking.task.id, text, files: [...files] as FileId[] } });
            setAsking(null);
          }}
        />
      ) : asking ? (
        <WordsDialog
          title={`${t(`do.${asking.about}`)} · ${asking.task.title}`}
          label={t(`words.${asking.about}`)}
          required={asking.about === 'back' || asking.about === 'cancel'}
          busy={command.busy}
          onClose={() => setAsking(null)}
          onSend={(text) => {
            command.run({ command: commandOf({ task: asking.task, about: asking.about as 'passed' }, text) });
            setAsking(null);
          }}
        />
      ) : null}
      {adding ? (
        <TaskDialog
          of={of}
          busy={command.busy}
          onClose={() => setAdding(false)}
          onSend={(draft) => {
            command.run({ command: { act: 'addTask', task: newId(), ...draft } });
            setAdding(false);
          }}
        />
      ) : null}
    </FollowSection>
  );
}

type RowProps = {
  of: Incident;
  task: Task;
  actor: Actor;
  busy: boolean;
  onRun: (command: FollowUpCommand) => void;
  onAsk: (about: Asking['about']) => void;
};

function Row({ of, task, actor, busy, onRun, onAsk }: RowProps) {
  const t = useTranslations('followUp.task');
  const roles = useTranslations('domain.role');
  const codes = useCodeWords();
  const formats = useFormats();
  const open = isOpenTask(task);
  const owner =
    task.owner.kind === 'department'
      ? codes.department(task.owner.id)
      : task.owner.kind === 'unit'
        ? task.owner.callSign
        : roles.has(task.owner.id as 'dispatcher')
          ? roles(task.owner.id as 'dispatcher')
          : task.owner.id;
  const text = task.evidence ? '-' : '';
  const may = (command: FollowUpCommand) => isPossible(of, actor, command);
  const accept = { act: 'acceptTask', task: task.id } as const;
  const steps = [
    ...(may(accept) ? [{ key: 'accept' as const, run: () => onRun(accept) }] : []),
    ...(may({ act: 'finishTask', task: task.id, text, files: [] })
      ? [{ key: 'done' as const, run: () => onAsk('done') }]
      : []),
    ...(may({ act: 'verifyTask', task: task.id, passed: true, text: '' })
      ? [{ key: 'passed' as const, run: () => onAsk('passed') }]
      : []),
    ...(may({ act: 'verifyTask', task: task.id, passed: false, text: '-' })
      ? [{ key: 'back' as const, run: () => onAsk('back') }]
      : []),
    ...(may({ act: 'cancelTask', task: task.id, reason: '-' })
      ? [{ key: 'cancel' as const, run: () => onAsk('cancel') }]
      : []),
  ];
  const [first, ...rest] = steps;
  return (
    <li className={cn('flex flex-col gap-0.5 py-1.5', !open && 'text-ink-faint')}>
      <div className="flex items-start gap-2">
        <span className={cn('min-w-0 flex-1 text-sm break-words', open && 'text-ink')}>{task.title}</span>
        {task.late && (task.state === 'open' || task.state === 'accepted') ? (
          <Badge tone="serious">{t('late')}</Badge>
        ) : null}
        <Badge tone={task.state === 'verified' ? 'good' : 'neutral'}>{t(`state.${task.state}`)}</Badge>
      </div>
      <div className="flex items-center gap-2 text-xs text-ink-faint">
        <span>{owner}</span>
        {task.dueAt !== null && (task.state === 'open' || task.state === 'accepted') ? (
          <span>
            {t('due', { time: formats.time(task.dueAt) })}{' '}
            <Duration from={task.createdAt} targetMs={task.dueAt - task.createdAt} />
          </span>
        ) : null}
        {task.evidence && !task.done ? <span>{t('evidence')}</span> : null}
        {task.returns > 0 ? <Badge tone="caution">{t('returned', { count: task.returns })}</Badge> : null}
        <span className="ms-auto flex gap-1">
          {first ? (
            <Button size="sm" aria-disabled={busy} onClick={() => !busy && first.run()}>
              {t(`do.${first.key}`)}
            </Button>
          ) : null}
          {rest.length ? (
            <Menu
              label={t('more', { name: task.title })}
              trigger={
                <Button look="quiet" size="icon-sm" aria-label={t('more', { name: task.title })}>
                  ⋯
                </Button>
              }
            >
              {rest.map((step) => (
                <MenuRow key={step.key} disabled={busy} onSelect={step.run}>
                  {t(`do.${step.key}`)}
                </MenuRow>
              ))}
            </Menu>
          ) : null}
        </span>
      </div>
      {task.done ? (
        <p className="text-xs text-ink-soft">
          <span className="figures">{formats.time(task.done.at)}</span> {task.done.by.name}：
          {task.done.text || t('noWords')}
        </p>
      ) : null}
      {task.done ? <RoomFileRow incident={of.id} ids={task.done.files} files={of.files} /> : null}
      {task.verification ? (
        <p className="text-xs text-ink-soft">
          {t(task.verification.passed ? 'checked' : 'sentBack', { name: task.verification.by.name })}
          {task.verification.text ? `：${task.verification.text}` : ''}
        </p>
      ) : null}
      {task.cancelReason ? <p className="text-xs">{task.cancelReason}</p> : null}
    </li>
  );
}
