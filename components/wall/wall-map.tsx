'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef } from 'react';
import { live } from '@/components/live/live.ts';
import { useReadings, useRecords } from '@/components/live/use-live.ts';
import type { StationMark } from '@/components/map/layers/gather-stations.ts';
import { createIncidentLayer } from '@/components/map/layers/incident-layer.ts';
import { createStationLayer, type StationSigns } from '@/components/map/layers/station-layer.ts';
import { createUnitLayer } from '@/components/map/layers/unit-layer.ts';
import { createWarningLayer, type WarningMark } from '@/components/map/layers/warning-layer.ts';
import { MapView } from '@/components/map/map-view.tsx';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { isOpen } from '@/server/domain/incident.ts';
import { type Station, stationKinds } from '@/server/domain/station.ts';
import { isInForce, type Warning } from '@/server/domain/warning.ts';
import type { StationNow } from '@/server/wire/realtime.ts';

const asleep = ['suspended', 'transferred'];
const noWords = () => null;

/** Actual warnings only: without words beside it, the area of an exercise would look like one in earnest. */
function areasOf(warnings: Iterable<{ readonly body: Warning }>, now: number): WarningMark[] {
  return Array.from(warnings, ({ body }) => body).flatMap((of) => {
    const area = of.geometry?.type === 'Polygon' || of.geometry?.type === 'MultiPolygon' ? of.geometry : null;
    return area && of.colour && of.reality === 'actual' && isInForce(of, now)
      ? [{ id: of.id, colour: of.colour, text: '', geometry: area, reality: of.reality }]
      : [];
  });
}

/** Past an alarm threshold; how fresh its word is shows in the mark. */
const alarmingStations = (
  stations: ReadonlyMap<string, { readonly body: Station }>,
  readings: ReadonlyMap<string, StationNow>,
): StationMark[] =>
  Array.from(readings.values()).flatMap(({ station: id, state, freshness }) => {
    const of = stations.get(id)?.body;
    return of?.lonLat && (state === 'alarm' || state === 'severe')
      ? [{ id, lonLat: of.lonLat, kind: of.kind, state, freshness, text: '' }]
      : [];
  });

/** The whole city, always: a wall follows nothing and is moved by nobody. */
export function WallMap({ scale, minute }: { scale: number; minute: number }) {
  const t = useTranslations('map');
  const { mapboxToken } = useSigned();
  const signs = useRef(
    Object.fromEntries(stationKinds.map((kind) => [kind, t(`stationSign.${kind}`)])) as StationSigns,
  );
  const layers = useMemo(() => {
    const warnings = createWarningLayer({ scale });
    const stations = createStationLayer(signs.current, { scale: scale * 0.7 });
    const units = createUnitLayer({ idOf: live.unitOf, labelOf: noWords }, { scale: scale * 0.6 });
    const incidents = createIncidentLayer({ scale: scale * 0.8 });
    return { warnings, stations, units, incidents, all: [warnings, stations, units, incidents] as const };
  }, [scale]);
  const records = useRecords((all) => ({
    incidents: all.all('incident'),
    warnings: all.all('warning'),
    stations: all.all('station'),
  }));
  const readings = useReadings((all) => all.all(), { equal: Object.is, hz: 1 });

  useEffect(() => {
    live.look({ mode: 'city', bounds: null });
    return () => live.look({ mode: 'none', bounds: null });
  }, []);
  useEffect(() => {
    const show = () => layers.units.show(live.getUnitArrays());
    show();
    return live.subscribeTick(show);
  }, [layers]);
  useEffect(
    () => layers.stations.show(alarmingStations(records.stations, readings)),
    [layers, records.stations, readings],
  );
  useEffect(
    () =>
      layers.incidents.show(
        Array.from(records.incidents.values(), ({ body }) => body).flatMap((of) =>
          of.place.lonLat && isOpen(of)
            ? [
                {
                  id: of.id,
                  lonLat: of.place.lonLat,
                  priority: of.priority,
                  text: '',
                  muted: asleep.includes(of.state),
                  reality: of.reality,
                },
              ]
            : [],
        ),
      ),
    [layers, records.incidents],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a warning ends by the clock, without an event
  useEffect(
    () => layers.warnings.show(areasOf(records.warnings.values(), live.connection.serverNow(Date.now()))),
    [layers, records.warnings, minute],
  );

  return (
    <MapView
      className="size-full"
      theme="dark"
      layers={layers.all}
      label={t('label')}
      token={mapboxToken}
      scale={scale}
      still
    />
  );
}
