'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { drawingPen, freshPen } from '@/components/map/layers/drawing-pen.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { useWantedRoom, wantRoom } from '@/components/shell/use-mentions.ts';
import { useRefusalWords } from '@/components/shell/use-refusal-words.ts';
import { serverNow } from '@/components/ui/clock.ts';
import { Tabs } from '@/components/ui/tabs.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { isOpenTask } from '@/server/domain/follow-up.ts';
import { decideFollowUp } from '@/server/domain/follow-up-decide.ts';
import { activeAssignments, currentCycle, type Incident, isOpenOrder } from '@/server/domain/incident.ts';
import { may } from '@/server/domain/policy.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import { grades, mayBeGraded, type warningColours } from '@/server/domain/scale.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import { ClockTable } from './clock-table.tsx';
import { Facts } from './facts.tsx';
import { FollowTab } from './follow-tab.tsx';
import { IncidentActions, moveChords } from './incident-actions.tsx';
import { IncidentHead } from './incident-head.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { blankDraft, moveFields } from './move-fields.ts';
import type { Near } from './near-incidents.ts';
import { NearList } from './near-list.tsx';
import { OrderList } from './order-list.tsx';
import { type PersonMove, possibleMoves } from './possible-moves.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { RoomTab } from './room-tab.tsx';
import { RoomUpgrade } from './room-upgrade.tsx';
import { SignalList } from './signal-list.tsx';
import { actionOf, useIncidentCommand } from './use-incident-commands.ts';

export type IncidentPanelProps = {
  of: Incident;
  version: number;
  actor: Actor;
  warnings: readonly (typeof warningColours)[number][];
  near: readonly Near[];
  targets: readonly Incident[];
  /** The number of another incident that this one speaks of. */
  numberOf: (incident: string) => string | null;
  /** After units were sent, their orders are what to follow. */
  startOn?: 'facts' | 'orders';
  onDispatch: () => void;
  onEdit: () => void;
  onShow: (() => void) | null;
  onShowAt?: ((at: readonly [number, number]) => void) | null;
  onOpenIncident: (id: string) => void;
  onOpenSignal: (id: string) => void;
  onClose: () => void;
};

type Asking =
  | { readonly about: 'move'; readonly move: PersonMove }
  | { readonly about: 'end'; readonly order: string; readonly end: 'returned' | 'cancelled' }
  | { readonly about: 'respond'; readonly level: 1 | 2 | 3 | 4 | null }
  | { readonly about: 'upgrade' };

/** One incident: what is known, what runs, what may be done. Everything here follows the record; nothing is kept twice. */
export function IncidentPanel(props: IncidentPanelProps) {
  const {
    of,
    version,
    actor,
    warnings,
    near,
    targets,
    numberOf,
    startOn = 'facts',
    onDispatch,
    onEdit,
    onShow,
    onShowAt = null,
    onOpenIncident,
    onOpenSignal,
    onClose,
  } = props;
  const t = useTranslations();
  const words = useRefusalWords();
  const panel = useRef<HTMLElement>(null);
  const [tab, setTab] = useState<'facts' | 'orders' | 'follow' | 'log' | 'clocks'>(startOn);
  const [asking, setAsking] = useState<Asking | null>(null);
  const command = useIncidentCommand(of.id, { onSaved: () => setAsking(null) });
  // Who may change nothing anywhere sees no buttons at all.
  const moves = may(actor, 'incident.move') ? possibleMoves(of, { now: Math.round(serverNow()), actor }) : [];
  const live = !['merged', 'voided', 'closed', 'evaluated'].includes(of.state);
  const mayMove = may(actor, 'incident.move', subjectOf.incident(of));
  /** Everybody sent is done: what is left is to say so. */
  const finished =
    activeAssignments(of).length === 0 &&
    (of.state === 'onScene' || of.state === 'controlled' || (of.state === 'filed' && currentCycle(of).returns > 0));
  const mayEdit = live && mayMove;
  const mayUpgrade =
    mayMove &&
    !wasRefused(decideFollowUp(of, { act: 'upgrade', reason: '-' }, { now: Math.round(serverNow()), actor }));
  const wanted = useWantedRoom() === of.id;
  useEffect(() => {
    if (!wanted) return;
    setTab('log');
    wantRoom(null);
  }, [wanted]);
  const openTasks = of.tasks.filter(isOpenTask).length;

  function start(move: PersonMove) {
    if (move === 'dispatch') return onDispatch();
    if (moveFields[move]) return setAsking({ about: 'move', move });
    const action = actionOf(move, blankDraft);
    if (action) command.run(action);
  }
  /** The list of orders, with the focus on the first step that can be taken. */
  function toOrders() {
    flushSync(() => setTab('orders'));
    panel.current?.querySelector<HTMLElement>('[data-step]')?.focus();
  }
  /** The room, ready to be written in. */
  function toRoom() {
    flushSync(() => setTab('log'));
    panel.current?.querySelector<HTMLElement>('[data-room-write]')?.focus();
  }
  /** The button of the step that was just taken is gone; the keys go on with the next one. */
  const stepping = useRef(false);
  const step: typeof command.run = (action) => {
    stepping.current = true;
    command.run(action);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is what takes the button away
  useEffect(() => {
    if (!stepping.current || document.activeElement !== document.body) return;
    stepping.current = false;
    const next = '[data-step], [data-next]';
    panel.current?.querySelector<HTMLElement>(next)?.focus();
  }, [version]);
  const setGrade = (grade: (typeof grades)[number] | null) =>
    command.run({ do: 'move', command: { move: 'grade', grade, rule: null } });

  useHotkeys([
    ...moves.flatMap(({ move, why }) => {
      const chord = moveChords[move];
      return chord
        ? [
            {
              chord,
              label: t(`domain.move.${move}`),
              group: t('incident.keys'),
              enabled: !command.busy,
              run: () => (why ? toast.error(words(why).title, { description: words(why).text }) : start(move)),
            },
          ]
        : [];
    }),
    ...grades.map((grade, index) => ({
      chord: String(index + 1),
      label: t(`domain.grade.${grade}`),
      group: t('incident.scale.grade'),
      enabled: mayEdit && of.category !== null && mayBeGraded(of.category) && of.grade !== grade,
      run: () => setGrade(grade),
    })),
    { chord: 'm', label: t('incident.form.edit'), group: t('incident.keys'), enabled: mayEdit, run: onEdit },
    {
      chord: 'o',
      label: t('incident.tab.orders', { count: of.orders.filter(isOpenOrder).length }),
      group: t('incident.keys'),
      run: toOrders,
    },
    {
      chord: 'w',
      label: t('incident.tab.follow', { count: openTasks }),
      group: t('incident.keys'),
      run: () => setTab('follow'),
    },
    { chord: 't', label: t('incident.tab.log'), group: t('incident.keys'), run: toRoom },
    {
      chord: 'shift+d',
      label: t('room.draw.begin'),
      group: t('incident.keys'),
      enabled: mayEdit,
      run: () => {
        setTab('log');
        drawingPen.set(freshPen(of.id, 'point', 'note'));
      },
    },
    {
      chord: 'shift+u',
      label: t('room.upgrade.title'),
      group: t('incident.keys'),
      enabled: mayUpgrade,
      run: () => setAsking({ about: 'upgrade' }),
    },
    { chord: 'escape', label: t('ui.close'), group: t('incident.keys'), run: onClose },
  ]);

  return (
    <section
      ref={panel}
      aria-label={t('incident.panel', { number: of.number ?? '' })}
      className="flex min-h-0 flex-1 flex-col"
    >
      <IncidentHead
        of={of}
        warnings={warnings}
        mayChange={mayEdit}
        onGrade={setGrade}
        onResponse={(level) => setAsking({ about: 'respond', level })}
        onEdit={mayEdit ? onEdit : null}
        onShow={onShow}
        onUpgrade={mayUpgrade ? () => setAsking({ about: 'upgrade' }) : null}
        onLate={(kind) => setTab(kind === 'order' ? 'orders' : kind === 'clock' ? 'clocks' : 'follow')}
        onClose={onClose}
      />
      <Tabs
        className="flex-1"
        label={t('incident.panel', { number: of.number ?? '' })}
        value={tab}
        onValueChange={setTab}
        tabs={[
          {
            value: 'facts',
            label: t('incident.tab.facts'),
            panel: (
              <>
                <Facts of={of} onEdit={mayEdit ? onEdit : null} numberOf={numberOf} onOpenIncident={onOpenIncident} />
                {near.length && live ? (
                  <div className="px-3 pb-3">
                    <NearList near={near} onJoin={null} onOpen={(one) => onOpenIncident(one.id)} />
                  </div>
                ) : null}
                <SignalList of={of} onOpen={onOpenSignal} />
              </>
            ),
          },
          {
            value: 'orders',
            label: t('incident.tab.orders', { count: of.orders.filter(isOpenOrder).length }),
            panel: (
              <OrderList
                of={of}
                actor={actor}
                busy={command.busy}
                onStep={(assignment, to) => step({ do: 'step', assignment, to })}
                onAcknowledge={(order) => step({ do: 'move', command: { move: 'acknowledge', order: order as never } })}
                onEnd={(order, end) =>
                  end === 'done'
                    ? command.run({ do: 'end', order, end, reason: '' })
                    : setAsking({ about: 'end', order, end })
                }
              />
            ),
          },
          {
            value: 'follow',
            label: t('incident.tab.follow', { count: openTasks }),
            panel: <FollowTab of={of} actor={actor} warnings={warnings} onDispatch={onDispatch} />,
          },
          {
            value: 'log',
            label: t('incident.tab.log'),
            panel: <RoomTab of={of} version={version} actor={actor} numberOf={numberOf} onShow={onShowAt} />,
          },
          { value: 'clocks', label: t('incident.tab.clocks'), panel: <ClockTable of={of} /> },
        ]}
      />
      <IncidentActions
        moves={moves}
        suggested={finished ? 'report' : null}
        busy={command.busy}
        onMove={start}
        review={['closed', 'evaluated'].includes(of.state) ? of.id : null}
      />
      {asking?.about === 'move' ? (
        <MoveDialog
          move={asking.move}
          of={of}
          targets={targets}
          busy={command.busy}
          onClose={() => setAsking(null)}
          onSend={(draft) => {
            const action = actionOf(asking.move, draft);
            if (action) command.run(action);
          }}
        />
      ) : null}
      {asking?.about === 'end' ? (
        <ReasonDialog
          title={t(asking.end === 'returned' ? 'incident.order.return' : 'incident.order.cancel')}
          busy={command.busy}
          onClose={() => setAsking(null)}
          onSend={(reason) => command.run({ do: 'end', order: asking.order, end: asking.end, reason })}
        />
      ) : null}
      {asking?.about === 'upgrade' ? (
        <RoomUpgrade
          of={of}
          actor={actor}
          warnings={warnings}
          onClose={() => setAsking(null)}
          onDone={() => {
            setAsking(null);
            toRoom();
          }}
        />
      ) : null}
      {asking?.about === 'respond' ? (
        <ReasonDialog
          title={asking.level ? t(`domain.response.${asking.level}`) : t('incident.scale.end')}
          busy={command.busy}
          onClose={() => setAsking(null)}
          onSend={(reason) => command.run({ do: 'move', command: { move: 'respond', response: asking.level, reason } })}
        />
      ) : null}
    </section>
  );
}
