import { live } from '@/components/live/live.ts';
import { createAlertLayer } from '@/components/map/layers/alert-layer.ts';
import { createDistrictLayer } from '@/components/map/layers/district-layer.ts';
import { createDrawingLayer, type DrawingMark } from '@/components/map/layers/drawing-layer.ts';
import { createIncidentLayer, type IncidentMark } from '@/components/map/layers/incident-layer.ts';
import { createSelectionLayer } from '@/components/map/layers/selection-layer.ts';
import { createSignalLayer, type SignalKind, type SignalMark } from '@/components/map/layers/signal-layer.ts';
import { createStationLayer, type StationSigns } from '@/components/map/layers/station-layer.ts';
import { createTotalLayer } from '@/components/map/layers/total-layer.ts';
import { createUnitLayer } from '@/components/map/layers/unit-layer.ts';
import { createVesselLayer } from '@/components/map/layers/vessel-layer.ts';
import { createWarningLayer, type WarningMark } from '@/components/map/layers/warning-layer.ts';
import { type Incident, isOpen } from '@/server/domain/incident.ts';
import type { Signal } from '@/server/domain/signal.ts';
import { isInForce, type Warning } from '@/server/domain/warning.ts';

type Of<T> = { readonly body: T };

export type CitySigns = { readonly signals: Record<SignalKind, string>; readonly stations: StationSigns };

/** All layers of the console, bottom to top. Made once; what they show is set as it changes. */
export function createCityLayers(signs: CitySigns, scale: number) {
  const districts = createDistrictLayer({ scale });
  const warnings = createWarningLayer({ scale });
  const drawings = createDrawingLayer({ scale });
  const stations = createStationLayer(signs.stations, { scale });
  const vessels = createVesselLayer({ scale });
  const alerts = createAlertLayer({ scale });
  const totals = createTotalLayer({ scale });
  const units = createUnitLayer(
    {
      idOf: live.unitOf,
      labelOf: (slot) => {
        const id = live.unitOf(slot);
        return id === null ? null : (live.records.get('unit', id)?.body.callSign ?? null);
      },
    },
    { scale },
  );
  const signals = createSignalLayer(signs.signals, { scale });
  const incidents = createIncidentLayer({ scale });
  const selection = createSelectionLayer({ scale });
  const all = [
    ...[districts, warnings, drawings, stations, totals, vessels],
    ...[units, alerts, signals, incidents, selection],
  ] as const;
  return {
    districts,
    warnings,
    drawings,
    stations,
    totals,
    vessels,
    units,
    alerts,
    signals,
    incidents,
    selection,
    all,
  };
}

const quiet = ['suspended', 'transferred'];

export const incidentMarks = (incidents: Iterable<Of<Incident>>): IncidentMark[] =>
  Array.from(incidents, ({ body }) => body).flatMap((of) =>
    of.place.lonLat && isOpen(of)
      ? [
          {
            id: of.id,
            lonLat: of.place.lonLat,
            priority: of.priority,
            text: of.title || (of.number ?? ''),
            muted: quiet.includes(of.state),
            reality: of.reality,
          },
        ]
      : [],
  );

/** Of every incident that is open: closed streets are closed for all. */
export const drawingMarks = (
  incidents: Iterable<Of<Incident>>,
  words: (meaning: DrawingMark['meaning']) => string,
): DrawingMark[] =>
  Array.from(incidents, ({ body }) => body).flatMap((of) =>
    isOpen(of)
      ? of.drawings.map(({ id, shape, meaning, label }) => ({
          ...{ id, incident: of.id, shape, meaning },
          text: [words(meaning), label].filter(Boolean).join(' · '),
        }))
      : [],
  );

/** Open signals only: an attached one is part of its incident's mark. */
export const signalMarks = (signals: Iterable<Of<Signal>>): SignalMark[] =>
  Array.from(signals, ({ body }) => body).flatMap((of) =>
    of.place.lonLat && of.state === 'open'
      ? [{ id: of.id, lonLat: of.place.lonLat, kind: of.kind, priority: of.priority, reality: of.reality }]
      : [],
  );

export const warningMarks = (warnings: Iterable<Of<Warning>>, now: number): WarningMark[] =>
  Array.from(warnings, ({ body }) => body).flatMap((of) => {
    const area = of.geometry?.type === 'Polygon' || of.geometry?.type === 'MultiPolygon' ? of.geometry : null;
    return area && of.colour && isInForce(of, now)
      ? [{ id: of.id, colour: of.colour, text: of.headline || of.event, geometry: area, reality: of.reality }]
      : [];
  });
