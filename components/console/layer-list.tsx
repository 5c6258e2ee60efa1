'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { live } from '@/components/live/live.ts';
import { useConnection } from '@/components/live/use-live.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Panel } from '@/components/ui/panel.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Empty, Loading } from '@/components/ui/states.tsx';
import { VirtualList } from '@/components/ui/virtual-list.tsx';
import type { LonLat } from '@/server/domain/place.ts';
import { maxWatched } from '@/server/wire/realtime.ts';
import { ListRowView } from './list-row.tsx';
import { isKind, type ListName, listNames, listRows } from './list-rows.ts';
import { loadSpelling, type Spell, searchFor } from './list-search.ts';
import { useLayerChoice } from './use-layer-choice.ts';
import { useLeadWords } from './use-lead-words.ts';
import { useListName } from './use-list-name.ts';
import { useAlertRows, useStationRows, useVesselRows } from './use-map-rows.ts';

export type LayerListProps = {
  name: ListName;
  onName: (name: ListName) => void;
  onOpen: (key: string) => void;
  onShow: (lonLat: LonLat) => void;
  onClose: () => void;
};

/** The list twin of the map's layers: what a layer shows, the worst first, by keyboard. */
export function LayerList({ name, onName, onOpen, onShow, onClose }: LayerListProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const lead = useLeadWords();
  const nameOf = useListName();
  const ready = useConnection().position !== null;
  const { choice, show, showKind } = useLayerChoice();
  const [text, setText] = useState('');
  const [active, setActive] = useState<string | null>(null);
  const [spell, setSpell] = useState<Spell | null>(null);
  const stations = useStationRows();
  const alerts = useAlertRows();
  const vessels = useVesselRows();
  useEffect(() => {
    let gone = false;
    // Without the dictionary names are still found as they are written.
    loadSpelling().then((loaded) => !gone && setSpell(() => loaded), console.error);
    return () => {
      gone = true;
    };
  }, []);
  const all = useMemo(
    () =>
      listRows(
        name,
        { stations, alerts, vessels },
        {
          lead,
          kind: (kind) => t(`domain.stationKind.${kind}`),
          department: words.department,
          heading: (deg) =>
            deg === null ? t('console.layers.still') : t('console.layers.aboard', { heading: Math.round(deg) }),
          seenAt: (unit) => live.getDetail(unit)?.observedAt ?? null,
        },
      ),
    [name, stations, alerts, vessels, lead, words, t],
  );
  const rows = useMemo(() => {
    const fits = searchFor(text, spell);
    return all.filter((row) => fits({ title: row.title, also: `${row.also} ${row.key}` }));
  }, [all, text, spell]);
  // Exact ages come for what is watched: of ships, those on top.
  const watched = name === 'vessels' ? rows.slice(0, maxWatched).map((row) => row.key) : [];
  const watchedKey = watched.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the list
  useEffect(() => live.watch(watched), [watchedKey]);
  useHotkeys([{ chord: 'escape', label: t('ui.close'), group: t('console.keys.title'), run: onClose }]);

  const layer = name === 'abnormal' || name === 'stations' ? 'stations' : name;
  const shown = isKind(name) ? choice.kinds.includes(name) : !choice.hidden.includes(layer);
  /** Counts per cell came instead of ships: that none is listed does not mean that there is none. */
  const far = name === 'vessels' && vessels.length === 0 && live.getTotals().length > 0;
  const open = (key: string) => {
    const row = rows.find((one) => one.key === key);
    if (row?.opens) onOpen(row.opens);
    else if (row?.lonLat) onShow([row.lonLat[0], row.lonLat[1]]);
  };

  return (
    <Panel
      label={nameOf(name)}
      title={
        <>
          {nameOf(name)} <span className="figures ms-1 font-normal text-ink-faint">{rows.length}</span>
        </>
      }
      aside={
        <Button look="quiet" size="icon-sm" aria-label={t('ui.close')} onClick={onClose}>
          <X />
        </Button>
      }
      className="flex-1"
    >
      <div className="flex shrink-0 flex-col gap-1.5 border-b border-line px-3 py-2">
        <div className="flex items-center gap-2">
          <Select
            aria-label={t('console.layers.choose')}
            value={name}
            onValueChange={onName}
            choices={listNames.map((value) => ({ value, label: nameOf(value) }))}
            className="min-w-0 flex-1"
          />
          {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside */}
          <label className="flex shrink-0 items-center gap-1.5 text-xs">
            <Checkbox
              checked={shown}
              onCheckedChange={(on) => (isKind(name) ? showKind(name, on === true) : show(layer, on === true))}
            />
            {t('console.layers.onMap')}
          </label>
        </div>
        <Input
          type="search"
          aria-label={t('console.layers.filter')}
          placeholder={t('console.layers.filter')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <VirtualList
        key={name}
        label={nameOf(name)}
        rows={rows}
        keyOf={(row) => row.key}
        rowRem={3.2}
        active={active}
        onActive={setActive}
        onOpen={open}
        autoFocus
        render={(row, state) => <ListRowView row={row} active={state.active} open={false} />}
        empty={ready ? <Empty title={t(far ? 'console.layers.vesselsFar' : 'console.layers.none')} /> : <Loading />}
      />
    </Panel>
  );
}
