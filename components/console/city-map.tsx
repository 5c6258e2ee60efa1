'use client';
import { useTranslations } from 'next-intl';
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { live } from '@/components/live/live.ts';
import { paced } from '@/components/live/paced.ts';
import { useRecords } from '@/components/live/use-live.ts';
import { drawingPen, shapeOf, usePen } from '@/components/map/layers/drawing-pen.ts';
import type { Picked } from '@/components/map/map-layer.ts';
import type { MapSurface } from '@/components/map/map-surface.ts';
import { MapView } from '@/components/map/map-view.tsx';
import { useTheme } from '@/components/shell/use-theme.ts';
import { Kbd } from '@/components/ui/kbd.tsx';
import { toast } from '@/components/ui/toast.tsx';
import type { LonLat } from '@/server/domain/place.ts';
import { stationKinds } from '@/server/domain/station.ts';
import {
  type CitySigns,
  createCityLayers,
  drawingMarks,
  incidentMarks,
  signalMarks,
  warningMarks,
} from './city-layers.ts';
import type { ListName } from './list-rows.ts';
import { MapTools } from './map-tools.tsx';
import { useDrawnLayers } from './use-drawn-layers.ts';
import { useLayerChoice } from './use-layer-choice.ts';
import { useLook } from './use-look.ts';

export type CityMapHandle = {
  /** By the operator's own wish; a selection alone moves nothing that was touched. */
  show: (lonLat: LonLat, by: 'program' | 'operator') => void;
  fit: (bbox: readonly [number, number, number, number], by: 'program' | 'operator') => void;
};

export type CityMapProps = {
  ref: Ref<CityMapHandle>;
  token: string | null;
  focus: LonLat | null;
  place: LonLat | null;
  /** Units selected, or sent to `focus`. */
  units: readonly string[];
  linked: boolean;
  choosing: boolean;
  onPick: (picked: Picked) => void;
  onPoint: (lonLat: LonLat) => void;
  onChoosing: ((choosing: boolean) => void) | null;
  onList: (name: ListName) => void;
};

const closeZoom = 13;
const pageScale = () =>
  typeof document === 'undefined'
    ? 1
    : Math.max(1, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16);

/** The city: what the records and the telemetry say, drawn. Every thing on it is in a list beside it, too. */
export function CityMap(props: CityMapProps) {
  const { token, focus, place, units, linked, choosing, onPick, onPoint, onChoosing, onList } = props;
  const t = useTranslations();
  const theme = useTheme();
  const [surface, setSurface] = useState<MapSurface | null>(null);
  const signs = useRef<CitySigns>({
    signals: {
      call: t('map.signalSign.call'),
      case: t('map.signalSign.case'),
      alarm: t('map.signalSign.alarm'),
      warning: t('map.signalSign.warning'),
      sos: t('map.signalSign.sos'),
      report: t('map.signalSign.report'),
    },
    stations: Object.fromEntries(
      stationKinds.map((kind) => [kind, t(`map.stationSign.${kind}`)]),
    ) as CitySigns['stations'],
  });
  // Marks grow with the page's own size: on a 4K desk they are as large to the eye as on a small one.
  const [scale] = useState(pageScale);
  const city = useMemo(() => createCityLayers(signs.current, scale), [scale]);
  const records = useRecords((all) => ({
    incidents: all.all('incident'),
    signals: all.all('signal'),
    warnings: all.all('warning'),
    units: all.all('unit'),
  }));
  useLook(surface, records.units.size);
  const { choice } = useLayerChoice();
  useDrawnLayers(city, choice);

  useEffect(() => city.incidents.show(incidentMarks(records.incidents.values())), [city, records.incidents]);
  useEffect(
    () => city.drawings.show(drawingMarks(records.incidents.values(), (meaning) => t(`room.draw.meaning.${meaning}`))),
    [city, records.incidents, t],
  );
  const pen = usePen();
  useEffect(() => city.drawings.draft(pen ? { ...pen, shape: shapeOf(pen) } : null), [city, pen]);
  useEffect(() => city.signals.show(signalMarks(records.signals.values())), [city, records.signals]);
  useEffect(() => {
    const now = live.connection.serverNow(Date.now());
    city.warnings.show(warningMarks(records.warnings.values(), now));
  }, [city, records.warnings]);
  useEffect(() => {
    const show = () => city.units.show(live.getUnitArrays());
    show();
    return live.subscribeTick(show);
  }, [city]);
  useEffect(() => {
    const show = () => city.totals.show(live.getTotals());
    return paced(live.subscribeTotals, 1)(show);
  }, [city]);

  const unitKey = units.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the list
  useEffect(() => {
    const slots = units.flatMap((unit) => live.slotOf(unit) ?? []);
    city.units.select(slots);
    const draw = () => {
      const links =
        linked && focus
          ? slots.flatMap((slot) => {
              const from = city.units.positionOf(slot);
              return from ? [{ from, to: focus }] : [];
            })
          : [];
      city.selection.show({ place, focus, links });
    };
    draw();
    return linked ? paced((listener) => live.subscribeTick(listener), 2)(draw) : undefined;
  }, [city, unitKey, linked, focus, place]);

  // A link that opens something is followed as soon as there is a map.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the map is there
  useEffect(() => {
    if (surface && focus) surface.setView({ centre: focus, zoom: closeZoom }, 'program');
  }, [surface]);

  /** A figure of many stations comes apart; everything else is opened. */
  function pick(picked: Picked | null): void {
    if (!picked) return;
    if (!picked.id.startsWith('group/')) onPick(picked);
    else surface?.setView({ centre: picked.lonLat, zoom: surface.camera().zoom + 1.5 }, 'operator');
  }

  useImperativeHandle(
    props.ref,
    () => ({
      show: (lonLat, by) => {
        if (!surface) return;
        surface.setView({ centre: lonLat, zoom: Math.max(surface.camera().zoom, closeZoom) }, by);
      },
      fit: ([west, south, east, north], by) => {
        surface?.fit([west, south, east, north], by, { padding: 40, maxZoom: closeZoom + 1 });
      },
    }),
    [surface],
  );

  return (
    <div className="relative min-h-0 flex-1">
      <MapView
        className="size-full"
        theme={theme}
        layers={city.all}
        label={t('map.label')}
        token={token}
        scale={scale}
        choosing={choosing || pen !== null}
        onReady={setSurface}
        onPick={pick}
        onMapClick={(lonLat) => {
          if (choosing) onPoint(lonLat);
          else if (pen) drawingPen.add(lonLat);
        }}
        onNotice={(notice) => toast.message(t(`map.notice.${notice.kind}`))}
      />
      {choosing || pen ? (
        <p
          role="status"
          className="pointer-events-none absolute inset-x-0 bottom-10 mx-auto flex w-fit items-center gap-2 rounded-md border border-accent bg-raised px-3 py-1.5 text-sm shadow-float"
        >
          {t(choosing ? 'incident.place.picking' : 'room.draw.onMap')} <Kbd>Esc</Kbd>
        </p>
      ) : null}
      <MapTools layers={city.all} surface={surface} choosing={choosing} onChoosing={onChoosing} onList={onList} />
    </div>
  );
}
