'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DispatchPicker } from '@/components/dispatch/dispatch-picker.tsx';
import { FilingForm } from '@/components/incident/filing-form.tsx';
import { IncidentPanel } from '@/components/incident/incident-panel.tsx';
import { nearIncidents, nearSignal } from '@/components/incident/near-incidents.ts';
import { SignalPanel } from '@/components/incident/signal-panel.tsx';
import { live } from '@/components/live/live.ts';
import { useRecord, useRecords } from '@/components/live/use-live.ts';
import { Button } from '@/components/ui/button.tsx';
import { Empty } from '@/components/ui/states.tsx';
import { type Incident, isOpen } from '@/server/domain/incident.ts';
import type { LonLat } from '@/server/domain/place.ts';
import type { Actor } from '@/server/domain/role.ts';
import { LayerList } from './layer-list.tsx';
import { isListName } from './list-rows.ts';
import { StationPanel } from './station-panel.tsx';
import { UnitPanel } from './unit-panel.tsx';
import type { useFiling } from './use-filing.ts';
import type { Opened } from './use-opened.ts';
import { areaOf, warningsAt } from './warnings-at.ts';

export type SidePanelProps = {
  actor: Actor;
  opened: Opened | null;
  filing: ReturnType<typeof useFiling>;
  dispatching: boolean;
  choosing: boolean;
  incidents: readonly Incident[];
  now: number;
  onOpen: (key: string | null) => void;
  onDispatch: (dispatching: boolean) => void;
  onChosen: (units: readonly string[]) => void;
  onChoosing: (choosing: boolean) => void;
  onShow: (lonLat: LonLat) => void;
  onFit: (bbox: readonly [number, number, number, number]) => void;
};

const aboutIncident = (of: Incident) => ({
  lonLat: of.place.lonLat,
  kind: of.kind,
  text: `${of.text}\n${of.title}`,
  at: of.cycles.at(-1)?.clocks.T0 ?? of.openedAt,
  not: of.id,
});

/** Incidents that another may be merged into: what is near it first, then the newest. */
function byNearness(incidents: readonly Incident[], of: Incident): Incident[] {
  const near = nearIncidents(incidents, aboutIncident(of));
  const places = new Map(near.map((one, index) => [one.incident.id, index]));
  const placeOf = (one: Incident) => places.get(one.id) ?? near.length;
  return incidents
    .filter((one) => one.id !== of.id && isOpen(one))
    .sort((a, b) => placeOf(a) - placeOf(b) || b.openedAt - a.openedAt);
}

/** One thing at a time, at one place: a form, a choice of units, an incident, a signal, or the units. */
export function SidePanel(props: SidePanelProps) {
  const {
    actor,
    opened,
    filing,
    dispatching,
    choosing,
    incidents,
    now,
    onOpen,
    onDispatch,
    onChosen,
    onChoosing,
    onShow,
    onFit,
  } = props;
  const t = useTranslations();
  /** The incident whose orders went out a moment ago: its panel opens on them. */
  const [sentFor, setSentFor] = useState<string | null>(null);
  /** The list that a station was opened from: closing goes back there. */
  const [from, setFrom] = useState<{ readonly list: string; readonly opened: string } | null>(null);
  const incident = useRecord('incident', opened?.kind === 'incident' ? opened.id : null);
  const signal = useRecord('signal', opened?.kind === 'signal' ? opened.id : null);
  const warnings = useRecords((records) => records.all('warning'), { equal: Object.is });
  const signals = useRecords((records) => records.all('signal'), { equal: Object.is });
  const unitsVersion = useRecords((records) => records.all('unit'), { equal: Object.is });
  const openIncident = (id: string) => onOpen(`incident/${id}`);
  const area = signal
    ? areaOf(
        Array.from(warnings.values(), (held) => held.body),
        signal.id,
      )
    : null;
  const showArea = area ? () => onFit(area) : null;
  const numberOf = (id: string) => incidents.find((one) => one.id === id)?.number ?? null;
  const showAt = (lonLat: LonLat | null) => (lonLat ? () => onShow(lonLat) : null);

  if (filing.filing) {
    const { mode, draft } = filing.filing;
    const near = nearIncidents(incidents, {
      lonLat: draft.place.lonLat,
      kind: draft.kind,
      text: `${draft.text}\n${draft.title}`.trim(),
      at: now,
      not: filing.filing.incident,
    });
    return (
      <FilingForm
        mode={mode}
        draft={draft}
        onDraft={filing.draft}
        busy={filing.busy}
        onSave={filing.save}
        onCancel={() => {
          filing.cancel();
          onChoosing(false);
        }}
        onAside={() => {
          filing.aside();
          onChoosing(false);
        }}
        waiting={filing.waiting}
        onAnother={filing.another}
        conflict={
          filing.conflict.theirs
            ? {
                theirs: filing.conflict.theirs,
                conflicts: filing.conflict.conflicts,
                followed: filing.conflict.followed,
                onResolve: filing.conflict.resolve,
                onSeen: filing.conflict.seen,
              }
            : null
        }
        picking={choosing}
        onPick={onChoosing}
        onLook={({ lonLat, bbox }) => (lonLat ? onShow(lonLat) : bbox ? onFit(bbox) : undefined)}
        near={near}
        onJoin={null}
        onOpen={(one) => openIncident(one.id)}
      />
    );
  }
  if (incident) {
    const of = incident.body;
    if (dispatching)
      return (
        <DispatchPicker
          of={of}
          revision={unitsVersion.size + (live.records.position ?? 0)}
          onChosen={onChosen}
          onSent={() => {
            setSentFor(of.id);
            onDispatch(false);
            onChosen([]);
          }}
          onClose={() => {
            onDispatch(false);
            onChosen([]);
          }}
        />
      );
    return (
      <IncidentPanel
        key={of.id}
        of={of}
        version={incident.version}
        actor={actor}
        warnings={warningsAt(
          Array.from(warnings.values(), (held) => held.body),
          of.place.lonLat,
          now,
        )}
        near={nearIncidents(incidents, aboutIncident(of))}
        targets={byNearness(incidents, of)}
        numberOf={numberOf}
        startOn={sentFor === of.id ? 'orders' : 'facts'}
        onDispatch={() => {
          setSentFor(null);
          onDispatch(true);
        }}
        onEdit={() => filing.startEdit(of)}
        onShow={showAt(of.place.lonLat)}
        onShowAt={([lon, lat]) => onShow([lon, lat])}
        onOpenIncident={openIncident}
        onOpenSignal={(id) => onOpen(`signal/${id}`)}
        onClose={() => onOpen(null)}
      />
    );
  }
  if (signal)
    return (
      <SignalPanel
        key={signal.id}
        of={signal.body}
        actor={actor}
        near={nearSignal(signal.body, { incidents, signals: Array.from(signals.values(), (held) => held.body) })}
        members={Array.from(signals.values(), (held) => held.body).filter(
          (one) => one.lead === signal.id && one.state === 'open',
        )}
        lead={signal.body.lead && signal.body.state === 'open' ? (signals.get(signal.body.lead)?.body ?? null) : null}
        onOpenSignal={(id) => onOpen(`signal/${id}`)}
        targets={incidents.filter((one) => isOpen(one))}
        claiming={filing.claiming}
        onClaim={() => filing.claim(signal.id)}
        onOpenIncident={openIncident}
        onShow={showAt(signal.body.place.lonLat) ?? showArea}
        onClose={() => onOpen(null)}
      />
    );
  if (opened?.kind === 'station')
    return (
      <StationPanel
        key={opened.id}
        id={opened.id}
        onShow={onShow}
        onClose={() => onOpen(from?.opened === `station/${opened.id}` ? from.list : null)}
      />
    );
  if (opened?.kind === 'list' && isListName(opened.id))
    return (
      <LayerList
        name={opened.id}
        onName={(name) => onOpen(`list/${name}`)}
        onOpen={(key) => {
          setFrom({ list: `list/${opened.id}`, opened: key });
          onOpen(key);
        }}
        onShow={onShow}
        onClose={() => onOpen(null)}
      />
    );
  if (opened && opened.kind !== 'unit' && opened.kind !== 'list')
    return (
      <Empty title={t(`console.gone.${opened.kind}`)} className="flex-1">
        <div className="flex gap-2">
          {opened.kind === 'incident' ? (
            <Button asChild look="primary">
              <Link href={`/review/${encodeURIComponent(opened.id)}`}>{t('console.gone.review')}</Link>
            </Button>
          ) : null}
          <Button onClick={() => onOpen(null)}>{t('ui.close')}</Button>
        </div>
      </Empty>
    );
  return (
    <UnitPanel
      actor={actor}
      opened={opened?.kind === 'unit' ? opened.id : null}
      onOpen={(id) => onOpen(`unit/${id}`)}
      onOpenIncident={openIncident}
      onShow={(id) => {
        const at = live.getDetail(id)?.lonLat;
        if (at) onShow([at[0], at[1]]);
      }}
      onClose={null}
    />
  );
}
