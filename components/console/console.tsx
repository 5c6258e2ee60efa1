'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import { CommandBar } from '@/components/command/command-bar.tsx';
import { live } from '@/components/live/live.ts';
import { useConnection, useRecord, useRecords } from '@/components/live/use-live.ts';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { serverNow } from '@/components/ui/clock.ts';
import { activeAssignments } from '@/server/domain/incident.ts';
import type { LonLat } from '@/server/domain/place.ts';
import { may } from '@/server/domain/policy.ts';
import type { Priority } from '@/server/domain/scale.ts';
import { Announcer } from './announcer.tsx';
import { CityMap, type CityMapHandle } from './city-map.tsx';
import { Queue } from './queue.tsx';
import { noFilter, queueOf } from './queue-order.ts';
import { RingBanner } from './ring-banner.tsx';
import { SidePanel } from './side-panel.tsx';
import { StatusBar } from './status-bar.tsx';
import { useFiling } from './use-filing.ts';
import { useOpened } from './use-opened.ts';
import { areaOf } from './warnings-at.ts';

/** The operator's screen: queue, map, and the one thing being worked on. */
export function Console() {
  const t = useTranslations('console');
  const { actor, mapboxToken } = useSigned();
  const { position } = useConnection();
  const { key, opened, open } = useOpened();
  const [filter, setFilter] = useState(noFilter);
  const [dispatching, setDispatching] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [commanding, setCommanding] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const map = useRef<CityMapHandle>(null);
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);

  const records = useRecords((all) => ({
    signals: all.all('signal'),
    incidents: all.all('incident'),
    warnings: all.all('warning'),
    departments: all.all('department'),
    feeds: all.all('feed'),
    units: all.all('unit'),
  }));
  const signals = useMemo(() => Array.from(records.signals.values(), (held) => held.body), [records.signals]);
  const incidents = useMemo(() => Array.from(records.incidents.values(), (held) => held.body), [records.incidents]);
  const everything = useMemo(() => queueOf({ signals, incidents }, noFilter, actor), [signals, incidents, actor]);
  const rows = useMemo(
    () => (filter === noFilter ? everything : queueOf({ signals, incidents }, filter, actor)),
    [filter, everything, signals, incidents, actor],
  );
  const counts = useMemo(() => {
    const of: Record<Priority, number> = { P1: 0, P2: 0, P3: 0, P4: 0 };
    for (const row of everything) of[row.priority] += 1;
    return of;
  }, [everything]);
  const ringing = everything.flatMap((row) =>
    row.of === 'signal' && row.waiting && (row.signal.kind === 'call' || row.signal.kind === 'sos') ? [row.signal] : [],
  );

  // Back and forward change what is open; a choice of units for the one before goes with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is what is watched
  useEffect(() => {
    setDispatching(false);
    setChosen([]);
  }, [key]);

  const incident = opened?.kind === 'incident' ? (records.incidents.get(opened.id)?.body ?? null) : null;
  const signal = opened?.kind === 'signal' ? (records.signals.get(opened.id)?.body ?? null) : null;
  const station = useRecord('station', opened?.kind === 'station' ? opened.id : null)?.body ?? null;
  const focus = incident?.place.lonLat ?? signal?.place.lonLat ?? station?.lonLat ?? null;

  // A claim is answered before its record comes over the socket: the map follows when the place is known.
  const shownFor = useRef<string | null>(null);
  useEffect(() => {
    if (!key || !focus || shownFor.current === key) return;
    shownFor.current = key;
    map.current?.show(focus, 'program');
  }, [key, focus]);

  function show(next: string | null) {
    setDispatching(false);
    setChosen([]);
    filing.aside();
    setChoosing(false);
    open(next);
    const [kind, id] = next?.split('/') ?? [];
    const at =
      kind === 'incident'
        ? records.incidents.get(id ?? '')?.body.place.lonLat
        : kind === 'signal'
          ? records.signals.get(id ?? '')?.body.place.lonLat
          : null;
    shownFor.current = at ? next : null;
    if (at) return map.current?.show(at, 'program');
    const area =
      kind === 'signal'
        ? areaOf(
            Array.from(records.warnings.values(), (held) => held.body),
            id ?? '',
          )
        : null;
    if (area) map.current?.fit(area, 'program');
  }
  const filing = useFiling({
    actor: actor.id,
    onOpened: (id) => show(`incident/${id}`),
    onSaved: () => setChoosing(false),
  });
  const mayFile = may(actor, 'incident.file');
  const startNew = () => {
    setDispatching(false);
    filing.startNew();
  };

  useHotkeys([
    { chord: 'n', label: t('keys.new'), group: t('keys.title'), enabled: mayFile, run: startNew },
    { chord: 'p', label: t('keys.point'), group: t('keys.title'), enabled: mayFile, run: () => setChoosing(!choosing) },
    {
      chord: 'escape',
      label: t('keys.stopPointing'),
      group: t('keys.title'),
      enabled: choosing && !filing.filing,
      run: () => setChoosing(false),
    },
    { chord: ':', label: t('keys.command'), group: t('keys.title'), run: () => setCommanding(true) },
    {
      chord: 'ctrl+k',
      label: t('keys.command'),
      group: t('keys.title'),
      inField: true,
      run: () => setCommanding(!commanding),
    },
    { chord: '/', label: t('keys.search'), group: t('keys.title'), run: () => search.current?.focus() },
    {
      chord: 'q',
      label: t('keys.queue'),
      group: t('keys.title'),
      run: () => list.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus(),
    },
    { chord: 'arrowdown', label: t('keys.move'), group: t('keys.title'), enabled: false, run: () => undefined },
    { chord: 'enter', label: t('keys.open'), group: t('keys.title'), enabled: false, run: () => undefined },
    { chord: 's', label: t('keys.lists'), group: t('keys.title'), run: () => show('list/abnormal') },
    { chord: 'u', label: t('keys.units'), group: t('keys.title'), run: () => show(null) },
    {
      chord: 'a',
      label: t('ring.claim'),
      group: t('keys.title'),
      enabled:
        mayFile && ringing.length > 0 && opened?.kind !== 'signal' && !filing.filing && incident?.state !== 'received',
      run: () => ringing[0] && filing.claim(ringing[0].id),
    },
  ]);

  const units = dispatching
    ? chosen
    : incident
      ? activeAssignments(incident).map((held) => held.unit)
      : opened?.kind === 'unit'
        ? [opened.id]
        : [];

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">{t('title')}</h1>
      <Announcer rows={everything} ready={position !== null} />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(16.5rem,21rem)_minmax(0,1fr)_minmax(23rem,27rem)]">
        <Queue
          rows={rows}
          me={actor}
          counts={counts}
          ready={position !== null}
          filter={filter}
          onFilter={setFilter}
          opened={key}
          onOpen={show}
          onNew={mayFile ? startNew : null}
          listRef={list}
          searchRef={search}
        />
        <div className="relative flex min-w-0 flex-col">
          <CityMap
            ref={map}
            token={mapboxToken}
            focus={focus}
            place={filing.filing?.draft.place.lonLat ?? null}
            units={units}
            linked={incident !== null}
            choosing={choosing}
            onPick={(picked) => {
              if (picked.layer === 'incidents' || picked.layer === 'drawings') show(`incident/${picked.id}`);
              else if (picked.layer === 'signals') show(`signal/${picked.id}`);
              else if (picked.layer === 'units') show(`unit/${picked.id}`);
              else if (picked.layer === 'stations') show(`station/${picked.id}`);
              else if (picked.layer === 'vessels')
                show(records.units.has(picked.id) ? `unit/${picked.id}` : 'list/vessels');
              else if (picked.layer === 'alerts') show('list/alerts');
            }}
            onPoint={(lonLat: LonLat) => {
              setChoosing(false);
              void filing.point(lonLat);
            }}
            onChoosing={mayFile ? setChoosing : null}
            onList={(name) => show(`list/${name}`)}
          />
          <div className="pointer-events-none absolute inset-x-12 top-2 mx-auto flex max-w-xl flex-col [&>*]:pointer-events-auto">
            <RingBanner
              ringing={mayFile ? ringing : []}
              onClaim={mayFile ? (of) => filing.claim(of.id) : null}
              onOpen={(of) => show(`signal/${of.id}`)}
            />
          </div>
        </div>
        <aside aria-label={t('side')} className="flex min-h-0 min-w-0 flex-col border-s border-line bg-panel">
          <SidePanel
            actor={actor}
            opened={opened}
            filing={filing}
            dispatching={dispatching}
            choosing={choosing}
            incidents={incidents}
            now={serverNow()}
            onOpen={show}
            onDispatch={setDispatching}
            onChosen={setChosen}
            onChoosing={setChoosing}
            onShow={(at) => map.current?.show(at, 'operator')}
            onFit={(bbox) => map.current?.fit(bbox, 'operator')}
          />
        </aside>
      </div>
      {commanding ? (
        <CommandBar
          actor={actor}
          opened={opened}
          screen={{
            onShow: show,
            onFind: (id) => {
              show(`unit/${id}`);
              const at = live.getDetail(id)?.lonLat;
              if (at) map.current?.show([at[0], at[1]], 'operator');
            },
            onNew: startNew,
            onEdit: (id) => {
              const of = records.incidents.get(id)?.body;
              if (!of) return;
              show(`incident/${id}`);
              filing.startEdit(of);
            },
          }}
          onClose={() => setCommanding(false)}
        />
      ) : null}
      <StatusBar
        onCommand={commanding ? null : () => setCommanding(true)}
        ready={position !== null}
        departments={Array.from(records.departments.values(), (held) => held.body)}
        feeds={Array.from(records.feeds.values(), (held) => held.body)}
        units={Array.from(records.units.values(), (held) => held.body)}
      />
    </div>
  );
}
