'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { placeWords } from '@/components/shell/place-words.ts';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Duration } from '@/components/ui/duration.tsx';
import { Kbd } from '@/components/ui/kbd.tsx';
import { incidentId, orderId } from '@/server/domain/ids.ts';
import { mayAnswer } from '@/server/domain/incident-decide.ts';
import type { Actor } from '@/server/domain/role.ts';
import { type OwnOrder, ownOrders } from './own-order-list.ts';
import { ReturnDialog } from './return-dialog.tsx';

type Answer =
  | { readonly do: 'acknowledge' }
  | { readonly do: 'end'; readonly end: 'done' | 'returned'; readonly reason: string };

/** What the room asked of a liaison's department: acknowledged, done or returned here; the incident is one step away. */
export function OwnOrders({ department, actor }: { department: string; actor: Actor }) {
  const t = useTranslations();
  const words = useCodeWords();
  const formats = useFormats();
  const client = useTRPCClient();
  const incidents = useRecords((all) => all.all('incident'), { equal: Object.is });
  const [returning, setReturning] = useState<OwnOrder | null>(null);
  const rows = ownOrders(
    Array.from(incidents.values(), (held) => held.body),
    department,
  );
  const waiting = rows.filter((one) => one.order.state === 'sent');
  const answer = useCommand<{ of: OwnOrder; answer: Answer }, unknown>(
    ({ commandId, of, answer }) => {
      const incident = incidentId.parse(of.incident.id);
      const order = orderId.parse(of.order.id);
      if (answer.do === 'end')
        return client.incident.endOrder.mutate({
          commandId,
          incident,
          command: { order, end: answer.end, reason: answer.reason },
        });
      return of.held
        ? client.incident.step.mutate({
            commandId,
            incident,
            command: { assignment: of.held.id, to: 'acknowledged' },
          })
        : client.incident.move.mutate({ commandId, incident, command: { move: 'acknowledge', order } });
    },
    { saved: t('command.saved'), onSaved: () => setReturning(null) },
  );
  const first = waiting.find((one) => mayAnswer(one.order, actor)) ?? null;
  const run = (of: OwnOrder, given: Answer) => !answer.busy && answer.run({ of, answer: given });
  useHotkeys([
    {
      chord: 'a',
      label: t('stationing.orders.acknowledgeFirst'),
      group: t('stationing.orders.title'),
      enabled: first !== null && !answer.busy,
      run: () => {
        if (first) run(first, { do: 'acknowledge' });
      },
    },
  ]);

  return (
    <section aria-label={t('stationing.orders.title')} className="mb-4 rounded-md border border-line">
      <h2 className="flex items-baseline gap-2 px-3 py-2 text-sm font-semibold">
        {t('stationing.orders.title')}
        <span role="status" className="text-xs font-normal text-ink-soft">
          {t('stationing.orders.summary', { waiting: waiting.length, all: rows.length })}
        </span>
      </h2>
      {rows.length === 0 ? (
        <p className="border-t border-line px-3 py-3 text-sm text-ink-faint">{t('stationing.orders.none')}</p>
      ) : null}
      <ul>
        {rows.map((one) => {
          const { incident, order, held } = one;
          const mine = mayAnswer(order, actor);
          return (
            <li
              key={order.id}
              className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-2.5 border-t border-line px-3 py-2 text-sm"
            >
              <PriorityMark priority={incident.priority} className="mt-0.5" />
              <div className="min-w-0">
                <Link
                  href={`/?open=incident/${encodeURIComponent(incident.id)}`}
                  className="font-medium break-words hover:underline"
                >
                  {incident.title || words.incidentKind(incident.kind) || t('incident.untitled')}
                </Link>
                <p className="flex flex-wrap gap-x-2 text-xs text-ink-soft">
                  <span className="figures">{incident.number}</span>
                  <span>{placeWords(incident.place) ?? t('ui.unknown')}</span>
                </p>
                <p className="mt-1 flex flex-wrap items-baseline gap-x-2 text-xs text-ink-soft">
                  <span className="font-medium text-ink">
                    {order.target.kind === 'unit' ? order.target.callSign : words.department(order.target.id)}
                  </span>
                  <span>
                    {held ? t(`domain.assignmentState.${held.state}`) : t(`domain.orderState.${order.state}`)}
                  </span>
                  <span className="figures">{formats.time(order.sentAt)}</span>
                  <span>{order.sentBy.name}</span>
                </p>
                {order.text ? <p className="mt-0.5 break-words">{order.text}</p> : null}
              </div>
              <div className="flex flex-col items-end gap-1.5">
                {order.state === 'sent' ? (
                  <span className="flex items-center gap-2 text-xs text-ink-soft">
                    {order.late ? <Badge tone="serious">{t('incident.order.late')}</Badge> : null}
                    <Duration from={order.sentAt} targetMs={order.dueAt - order.sentAt} />
                  </span>
                ) : null}
                {mine ? (
                  <span className="flex gap-1.5">
                    {order.state === 'sent' ? (
                      <Button
                        size="sm"
                        look="primary"
                        aria-disabled={answer.busy}
                        onClick={() => run(one, { do: 'acknowledge' })}
                      >
                        {t('incident.step.acknowledged')}
                        {one === first ? <Kbd>A</Kbd> : null}
                      </Button>
                    ) : null}
                    {order.state === 'acknowledged' && !held ? (
                      <Button
                        size="sm"
                        aria-disabled={answer.busy}
                        onClick={() => run(one, { do: 'end', end: 'done', reason: '' })}
                      >
                        {t('domain.orderState.done')}
                      </Button>
                    ) : null}
                    <Button size="sm" aria-disabled={answer.busy} onClick={() => setReturning(one)}>
                      {t('incident.order.return')}
                    </Button>
                  </span>
                ) : null}
              </div>
            </li>
          );
        })}
      </ul>
      {returning ? (
        <ReturnDialog
          busy={answer.busy}
          onClose={() => setReturning(null)}
          onSend={(reason) => run(returning, { do: 'end', end: 'returned', reason })}
        />
      ) : null}
    </section>
  );
}
