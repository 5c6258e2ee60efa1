'use client';
import { MapPin, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { WarningMark } from '@/components/shell/marks/scale-marks.tsx';
import { SignalKindIcon } from '@/components/shell/marks/signal-kind-icon.tsx';
import { RealityMark } from '@/components/shell/marks/state-marks.tsx';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Age } from '@/components/ui/age.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Duration } from '@/components/ui/duration.tsx';
import { Heading } from '@/components/ui/panel.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import { may } from '@/server/domain/policy.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { Signal } from '@/server/domain/signal.ts';
import { AttachDialog } from './attach-dialog.tsx';
import { GroupList } from './group-list.tsx';
import { JoinedNote } from './joined-note.tsx';
import { type Near, nearKey } from './near-incidents.ts';
import { NearList } from './near-list.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { SignalBackground } from './signal-background.tsx';

export type SignalPanelProps = {
  of: Signal;
  actor: Actor;
  near: readonly Near[];
  /** Those that wait behind it, and the one that it waits behind. */
  members: readonly Signal[];
  lead: Signal | null;
  onOpenSignal: (id: string) => void;
  /** Open incidents that it may join, whether near or not. */
  targets: readonly Incident[];
  /** Opens an incident from it at once (early save). */
  onClaim: () => void;
  claiming: boolean;
  onOpenIncident: (id: string) => void;
  onShow: (() => void) | null;
  onClose: () => void;
};

type Judgement =
  | { readonly do: 'attach'; readonly incident: string }
  | { readonly do: 'group'; readonly lead: string }
  | { readonly do: 'ungroup'; readonly member: string; readonly reason: string }
  | { readonly do: 'apart' | 'together'; readonly from: string }
  | { readonly do: 'detach'; readonly incident: string; readonly reason: string }
  | { readonly do: 'dismiss'; readonly reason: string }
  | { readonly do: 'restore' };

const titles = {
  dismiss: 'incident.signal.dismiss',
  detach: 'incident.signal.detach',
  ungroup: 'incident.group.part',
} as const;

/** A signal is judged once: an incident is opened from it, it joins one, or it is dismissed with a reason. All of it can be undone. */
export function SignalPanel({
  of,
  actor,
  near,
  members,
  lead,
  onOpenSignal,
  targets,
  onClaim,
  claiming,
  onOpenIncident,
  onShow,
  onClose,
}: SignalPanelProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const formats = useFormats();
  const client = useTRPCClient();
  const [asking, setAsking] = useState<'dismiss' | 'detach' | 'attach' | 'ungroup' | null>(null);
  /** Which of the group is asked about. */
  const [parting, setParting] = useState<string>(of.id);
  const judge = useCommand<Judgement, unknown>(
    ({ commandId, ...judgement }) => {
      const signal = of.id;
      switch (judgement.do) {
        case 'attach':
          return client.signal.attach.mutate({ commandId, signal, incident: judgement.incident });
        case 'group':
          return client.signal.group.mutate({ commandId, signal, lead: judgement.lead });
        case 'ungroup':
          return client.signal.ungroup.mutate({ commandId, signal: judgement.member, reason: judgement.reason });
        case 'apart':
          return client.signal.keepApart.mutate({ commandId, signal, from: judgement.from });
        case 'together':
          return client.signal.takeApartBack.mutate({ commandId, signal, from: judgement.from });
        case 'detach':
          return client.signal.detach.mutate({
            commandId,
            signal,
            incident: judgement.incident,
            reason: judgement.reason,
          });
        case 'dismiss':
          return client.signal.dismiss.mutate({ commandId, signal, reason: judgement.reason });
        case 'restore':
          return client.signal.restore.mutate({ commandId, signal });
      }
    },
    { saved: t('command.saved'), onSaved: () => setAsking(null) },
  );
  const mayJudge = may(actor, 'signal.judge');
  const mayFile = may(actor, 'incident.file');
  const open = of.state === 'open';
  const join = (one: Near) =>
    judge.run(one.of === 'incident' ? { do: 'attach', incident: one.id } : { do: 'group', lead: one.id });
  const keepApart = (one: Near) => judge.run({ do: 'apart', from: nearKey(one) });
  const part = (member: string) => {
    setParting(member);
    setAsking('ungroup');
  };
  const openNear = (one: Near) => (one.of === 'incident' ? onOpenIncident(one.id) : onOpenSignal(one.id));
  useHotkeys([
    {
      chord: 'a',
      label: t('incident.signal.claim'),
      group: t('incident.keys'),
      enabled: open && mayFile && !claiming,
      run: onClaim,
    },
    {
      chord: 'x',
      label: t('incident.signal.dismiss'),
      group: t('incident.keys'),
      enabled: open && mayJudge,
      run: () => setAsking('dismiss'),
    },
    {
      chord: 'j',
      label: t('incident.near.join'),
      group: t('incident.keys'),
      enabled: open && mayJudge && near.length > 0 && !judge.busy,
      run: () => near[0] && join(near[0]),
    },
    {
      chord: 'k',
      label: t('incident.near.apart'),
      group: t('incident.keys'),
      enabled: open && mayJudge && near.length > 0 && !judge.busy,
      run: () => near[0] && keepApart(near[0]),
    },
    {
      chord: 'i',
      label: t('incident.signal.attach'),
      group: t('incident.keys'),
      enabled: open && mayJudge && targets.length > 0,
      run: () => setAsking('attach'),
    },
    { chord: 'escape', label: t('ui.close'), group: t('incident.keys'), run: onClose },
  ]);

  return (
    <section aria-label={t('incident.signal.panel')} className="flex min-h-0 flex-1 flex-col">
      <header className="flex shrink-0 items-start gap-2 border-b border-line px-3 py-2">
        <PriorityMark priority={of.priority} className="mt-1" />
        <div className="min-w-0 flex-1">
          <h2 className="text-lg leading-snug font-semibold break-words">
            {of.title || t(`domain.signalKind.${of.kind}`)}
          </h2>
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 text-xs text-ink-faint">
            <span className="inline-flex items-center gap-1">
              <SignalKindIcon kind={of.kind} className="size-3.5" />
              {t(`domain.signalKind.${of.kind}`)}
            </span>
            <span>{t(`domain.signalState.${of.state}`)}</span>
            {open ? (
              <span>
                {t('incident.signal.waiting')}{' '}
                <Duration from={of.receivedAt} targetMs={of.kind === 'call' || of.kind === 'sos' ? 15_000 : null} />
              </span>
            ) : null}
            {of.colour ? <WarningMark colour={of.colour} /> : null}
            <RealityMark reality={of.reality} />
          </p>
        </div>
        {onShow ? (
          <Button
            look="quiet"
            size="icon-sm"
            aria-label={t('incident.show')}
            title={t('incident.show')}
            onClick={onShow}
          >
            <MapPin />
          </Button>
        ) : null}
        <Button look="quiet" size="icon-sm" aria-label={t('ui.close')} onClick={onClose}>
          <X />
        </Button>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-3 text-sm">
        {of.text && of.text !== of.title ? (
          <p className="leading-relaxed break-words whitespace-pre-wrap">{of.text}</p>
        ) : null}
        <dl className="grid grid-cols-[5.2rem_1fr] gap-x-3 gap-y-1">
          <dt className="text-xs text-ink-faint">{t('incident.place.label')}</dt>
          <dd>
            {of.place.text || (of.place.lonLat ? null : t('ui.unknown'))}
            {of.place.lonLat ? (
              <span className="figures block text-xs text-ink-faint">
                {of.place.lonLat[0].toFixed(5)}, {of.place.lonLat[1].toFixed(5)} ·{' '}
                {t(`domain.placeSource.${of.place.source}`)}
              </span>
            ) : null}
          </dd>
          <dt className="text-xs text-ink-faint">{t('incident.signal.proposed')}</dt>
          <dd>{words.incidentKind(of.proposedKind) ?? t('ui.none')}</dd>
          <dt className="text-xs text-ink-faint">{t('incident.signal.source')}</dt>
          <dd className="break-all">
            {[words.department(of.department), of.source.feed].filter(Boolean).join(' · ')}
            <span className="figures block text-xs text-ink-faint">{of.source.key}</span>
          </dd>
          <dt className="text-xs text-ink-faint">{t('incident.signal.observed')}</dt>
          <dd className="text-xs">{of.observedAt === null ? t('ui.unknown') : formats.dateTime(of.observedAt)}</dd>
          <dt className="text-xs text-ink-faint">{t('incident.signal.received')}</dt>
          <dd className="text-xs">
            {formats.dateTime(of.receivedAt)} · <Age at={of.receivedAt} />
          </dd>
          {of.expiresAt ? (
            <>
              <dt className="text-xs text-ink-faint">{t('incident.signal.expires')}</dt>
              <dd className="text-xs">{formats.dateTime(of.expiresAt)}</dd>
            </>
          ) : null}
          {of.dismissedReason ? (
            <>
              <dt className="text-xs text-ink-faint">{t('domain.signalState.dismissed')}</dt>
              <dd>{of.dismissedReason}</dd>
            </>
          ) : null}
        </dl>
        {of.callers.length ? (
          <section>
            <Heading>{t('incident.signal.callers', { count: of.callers.length })}</Heading>
            <ul className="flex flex-col gap-1">
              {of.callers.map((caller, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id and are only appended
                <li key={index} className="border-s-2 border-line ps-2 text-sm">
                  <span className="figures text-xs text-ink-faint">
                    {caller.at === null ? '' : `${formats.time(caller.at)} `}
                    {caller.from}
                  </span>
                  <p>{caller.text}</p>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {may(actor, 'caller.read') ? (
          <SignalBackground
            signal={of.id}
            revision={of.revision}
            onAttach={open && mayJudge ? (incident) => judge.run({ do: 'attach', incident }) : null}
            onOpenIncident={onOpenIncident}
            onOpenSignal={onOpenSignal}
          />
        ) : null}
        <JoinedNote of={of} lead={lead} onOpen={onOpenSignal} onPart={mayJudge ? () => part(of.id) : null} />
        {open && !lead ? (
          <>
            <GroupList members={members} onOpen={onOpenSignal} onPart={mayJudge ? part : null} />
            <NearList
              near={near}
              onOpen={openNear}
              onJoin={mayJudge ? join : null}
              onApart={mayJudge ? keepApart : null}
            />
          </>
        ) : null}
        {open && of.apart.length > 0 && mayJudge ? (
          <p className="flex flex-wrap items-center gap-2 text-xs text-ink-faint">
            {t('incident.near.kept', { count: of.apart.length })}
            <Button size="sm" look="quiet" onClick={() => judge.run({ do: 'together', from: of.apart.at(-1) ?? '' })}>
              {t('incident.near.takeBack')}
            </Button>
          </p>
        ) : null}
      </div>
      <footer className="flex shrink-0 items-center gap-1.5 border-t border-line px-3 py-2">
        {open && mayFile ? (
          <Button look="primary" aria-disabled={claiming} onClick={() => !claiming && onClaim()}>
            {t('incident.signal.claim')}{' '}
            <span aria-hidden className="text-2xs opacity-75">
              A
            </span>
          </Button>
        ) : null}
        {open && mayJudge ? (
          <>
            {targets.length ? (
              <Button onClick={() => setAsking('attach')}>
                {t('incident.signal.attach')}{' '}
                <span aria-hidden className="text-2xs opacity-75">
                  I
                </span>
              </Button>
            ) : null}
            <Button onClick={() => setAsking('dismiss')}>
              {t('incident.signal.dismiss')}{' '}
              <span aria-hidden className="text-2xs opacity-75">
                X
              </span>
            </Button>
          </>
        ) : null}
        {of.state === 'dismissed' && mayJudge ? (
          <Button aria-disabled={judge.busy} onClick={() => judge.run({ do: 'restore' })}>
            {t('incident.signal.restore')}
          </Button>
        ) : null}
        {of.state === 'attached' && of.incident ? (
          <>
            <Button look="primary" onClick={() => of.incident && onOpenIncident(of.incident)}>
              {t('incident.signal.openIncident')}
            </Button>
            {mayJudge ? <Button onClick={() => setAsking('detach')}>{t('incident.signal.detach')}</Button> : null}
          </>
        ) : null}
      </footer>
      {asking === 'attach' ? (
        <AttachDialog
          title={of.title}
          targets={targets}
          near={near.filter((one) => one.of === 'incident')}
          busy={judge.busy}
          onClose={() => setAsking(null)}
          onSend={(incident) => judge.run({ do: 'attach', incident })}
        />
      ) : asking ? (
        <ReasonDialog
          title={t(titles[asking])}
          busy={judge.busy}
          onClose={() => setAsking(null)}
          onSend={(reason) =>
            judge.run(
              asking === 'ungroup'
                ? { do: 'ungroup', member: parting, reason }
                : asking === 'dismiss'
                  ? { do: 'dismiss', reason }
                  : { do: 'detach', incident: of.incident ?? '', reason },
            )
          }
        />
      ) : null}
    </section>
  );
}
