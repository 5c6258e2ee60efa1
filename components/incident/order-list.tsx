'use client';
import { Building2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { UnitStatusMark } from '@/components/shell/marks/unit-status-mark.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Duration } from '@/components/ui/duration.tsx';
import { Menu, MenuRow } from '@/components/ui/menu.tsx';
import { Empty } from '@/components/ui/states.tsx';
import { type Assignment, type Incident, isActive, isOpenOrder, type Order } from '@/server/domain/incident.ts';
import { mayAnswer } from '@/server/domain/incident-decide.ts';
import { moveOf } from '@/server/domain/incident-move.ts';
import type { Actor } from '@/server/domain/role.ts';
import { type AssignmentState, assignmentFollows } from '@/server/domain/unit.ts';
import { ReassignDialog } from './reassign-dialog.tsx';

export type OrderListProps = {
  of: Incident;
  actor: Actor;
  busy: boolean;
  onStep: (assignment: string, to: AssignmentState | 'cleared') => void;
  onAcknowledge: (order: string) => void;
  onEnd: (order: string, end: 'done' | 'returned' | 'cancelled') => void;
};

/** The usual next step; the others stay one menu away. */
const usual: Partial<Record<AssignmentState, AssignmentState | 'cleared'>> = {
  assigned: 'acknowledged',
  acknowledged: 'enRoute',
  enRoute: 'onScene',
  staging: 'onScene',
  onScene: 'cleared',
  transporting: 'atDestination',
  atDestination: 'cleared',
};

const walked = ['acknowledged', 'enRoute', 'staging', 'onScene', 'transporting', 'atDestination'] as const;

function OrderClock({ order }: { order: Order }) {
  const t = useTranslations('incident.order');
  if (order.state !== 'sent') return null;
  return (
    <span className="text-xs text-ink-faint">
      {t('awaiting')} <Duration from={order.sentAt} targetMs={order.dueAt - order.sentAt} />
    </span>
  );
}

type RowProps = OrderListProps & {
  order: Order;
  held: Assignment | null;
  onReassign: (held: Assignment, mode: 'move' | 'swap') => void;
};

function Row({ order, held, onReassign, ...list }: RowProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const formats = useFormats();
  const mine = mayAnswer(order, list.actor);
  const centre = moveOf('dispatch').roles.some((role) => list.actor.roles.includes(role));
  const open = isOpenOrder(order);
  const state = held && isActive(held) ? (held.state as AssignmentState) : null;
  const next = state ? usual[state] : undefined;
  const name = order.target.kind === 'unit' ? order.target.callSign : words.department(order.target.id);
  /** Its own clocks: the incident's are those of whoever was first. */
  const steps = [
    ...(held
      ? walked.flatMap((one): [string, number][] => {
          const at = held.clocks[one];
          return at ? [[t(`incident.step.${one}`), at]] : [];
        })
      : order.acknowledgedAt
        ? [[t('incident.step.acknowledged'), order.acknowledgedAt] as [string, number]]
        : []),
    ...(order.endedAt ? [[t(`domain.orderState.${order.state}`), order.endedAt] as [string, number]] : []),
  ];
  const step = (to: AssignmentState | 'cleared') => held && list.onStep(held.id, to);
  return (
    <li className={cn('flex flex-col gap-1 border-b border-line px-3 py-2', !open && 'text-ink-faint')}>
      <div className="flex items-center gap-2">
        {order.target.kind === 'department' ? <Building2 className="size-4 text-ink-faint" aria-hidden /> : null}
        <span className={cn('shrink-0 font-semibold', open && 'text-ink')}>{name}</span>
        {held?.slot === 2 ? <Badge>{t('incident.order.second')}</Badge> : null}
        {state ? (
          <UnitStatusMark status={state} className="min-w-0 truncate text-xs" />
        ) : order.state === 'sent' ? null : (
          <span className="text-xs">
            {held ? t(`domain.assignmentState.${held.state}`) : t(`domain.orderState.${order.state}`)}
          </span>
        )}
        <span className="ms-auto flex shrink-0 items-center gap-1">
          {open && mine && next ? (
            <Button size="sm" data-step aria-disabled={list.busy} onClick={() => !list.busy && step(next)}>
              {t(`incident.step.${next}`)}
            </Button>
          ) : null}
          {open && mine && !held && order.state === 'sent' ? (
            <Button
              size="sm"
              data-step
              aria-disabled={list.busy}
              onClick={() => !list.busy && list.onAcknowledge(order.id)}
            >
              {t('incident.step.acknowledged')}
            </Button>
          ) : null}
          {open && (mine || centre) ? (
            <Menu
              label={t('incident.order.more', { name: name ?? '' })}
              trigger={
                <Button look="quiet" size="icon-sm" aria-label={t('incident.order.more', { name: name ?? '' })}>
                  ⋯
                </Button>
              }
            >
              {state && mine
                ? assignmentFollows[state]
                    .filter((to) => to !== next)
                    .map((to) => (
                      <MenuRow key={to} onSelect={() => step(to)}>
                        {t(`incident.step.${to}`)}
                      </MenuRow>
                    ))
                : null}
              {held && state && state !== 'transporting' && centre ? (
                <>
                  <MenuRow onSelect={() => onReassign(held, 'move')}>{t('incident.reassign.moveTo')}</MenuRow>
                  <MenuRow onSelect={() => onReassign(held, 'swap')}>{t('incident.reassign.swapWith')}</MenuRow>
                </>
              ) : null}
              {mine && !state ? (
                <MenuRow onSelect={() => list.onEnd(order.id, 'done')}>{t('domain.orderState.done')}</MenuRow>
              ) : null}
              {mine ? (
                <MenuRow onSelect={() => list.onEnd(order.id, 'returned')}>{t('incident.order.return')}</MenuRow>
              ) : null}
              {centre ? (
                <MenuRow onSelect={() => list.onEnd(order.id, 'cancelled')}>{t('incident.order.cancel')}</MenuRow>
              ) : null}
            </Menu>
          ) : null}
        </span>
      </div>
      {order.state === 'sent' ? (
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <OrderClock order={order} />
          {order.late ? <Badge tone="serious">{t('incident.order.late')}</Badge> : null}
        </p>
      ) : null}
      <p className="text-xs text-ink-faint">
        <span className="figures">{formats.time(order.sentAt)}</span> {order.sentBy.name}
      </p>
      {order.text ? <p className="text-xs break-words text-ink-soft">{order.text}</p> : null}
      {steps.length ? (
        <p className="flex flex-wrap gap-x-3 text-xs text-ink-faint">
          {steps.map(([name, at]) => (
            <span key={name}>
              {name} <span className="figures">{formats.time(at)}</span>
            </span>
          ))}
        </p>
      ) : null}
      {order.reason ? (
        <p className="text-xs text-ink-soft">{t('incident.order.reason', { reason: order.reason })}</p>
      ) : null}
    </li>
  );
}

/** Orders, open ones first, each with the unit's way on it. */
export function OrderList(props: OrderListProps) {
  const t = useTranslations('incident.order');
  const [asking, setAsking] = useState<{ held: Assignment; mode: 'move' | 'swap' } | null>(null);
  const rows = [...props.of.orders].sort(
    (a, b) => Number(isOpenOrder(b)) - Number(isOpenOrder(a)) || b.sentAt - a.sentAt,
  );
  if (rows.length === 0) return <Empty title={t('none')} />;
  return (
    <>
      <ul>
        {rows.map((order) => (
          <Row
            key={order.id}
            {...props}
            order={order}
            held={props.of.assignments.find((one) => one.order === order.id) ?? null}
            onReassign={(held, mode) => setAsking({ held, mode })}
          />
        ))}
      </ul>
      {asking ? (
        <ReassignDialog
          mode={asking.mode}
          incident={props.of}
          assignment={asking.held}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </>
  );
}
