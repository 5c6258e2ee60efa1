'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Bbox, LonLat } from '@/components/map/geometry.ts';
import { bboxAround } from '@/components/map/geometry.ts';
import { createIncidentLayer } from '@/components/map/layers/incident-layer.ts';
import { createTrackLayer } from '@/components/map/layers/track-layer.ts';
import { createUnitLayer } from '@/components/map/layers/unit-layer.ts';
import { MapView } from '@/components/map/map-view.tsx';
import { pageScale } from '@/components/map/page-scale.ts';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { useTheme } from '@/components/shell/use-theme.ts';
import { type Incident, isOpen } from '@/server/domain/incident.ts';
import type { Moment } from './moment.ts';
import { linesUpTo, type Track } from './tracks.ts';
import { unitPicture } from './unit-picture.ts';

export type ReplayMapProps = {
  /** As it was at the moment; null before it began. */
  incident: Incident | null;
  moment: readonly Moment[];
  tracks: readonly Track[];
  at: number;
  /** Where the place was at the end: the map opens on everything that will be seen. */
  place: LonLat | null;
};

function openingOf(tracks: readonly Track[], place: LonLat | null): Bbox | null {
  const points = tracks.flatMap((track) => track.at.map((_, index): LonLat => [track.lon[index]!, track.lat[index]!]));
  const box = bboxAround(place ? [...points, place] : points);
  if (!box) return null;
  const [dx, dy] = [Math.max(0.006, (box[2] - box[0]) * 0.15), Math.max(0.005, (box[3] - box[1]) * 0.15)];
  return [box[0] - dx, box[1] - dy, box[2] + dx, box[3] + dy];
}

/** The map as it was. It asks the server for nothing that moves and cannot change anything. */
export function ReplayMap({ incident, moment, tracks, at, place }: ReplayMapProps) {
  const t = useTranslations('review.map');
  const theme = useTheme();
  const { mapboxToken } = useSigned();
  const names = useRef(moment);
  names.current = moment;
  const version = useRef(0);
  const [scale] = useState(pageScale);
  const layers = useMemo(() => {
    const lines = createTrackLayer({ scale });
    const units = createUnitLayer(
      {
        idOf: (slot) => names.current[slot]?.id ?? null,
        labelOf: (slot) => names.current[slot]?.callSign ?? null,
      },
      { scale },
    );
    const incidents = createIncidentLayer({ scale });
    return { lines, units, incidents, all: [lines, units, incidents] as const };
  }, [scale]);
  const opening = useMemo(() => openingOf(tracks, place), [tracks, place]);

  useEffect(() => {
    layers.lines.show(
      tracks.flatMap((track) =>
        linesUpTo(track, at).map((points, index) => ({ id: `${track.subject}#${index}`, points, strong: false })),
      ),
    );
    version.current += 1;
    layers.units.show(unitPicture(moment, version.current));
    layers.incidents.show(
      incident?.place.lonLat
        ? [
            {
              id: incident.id,
              lonLat: incident.place.lonLat,
              priority: incident.priority,
              text: incident.title || (incident.number ?? ''),
              muted: !isOpen(incident),
              reality: incident.reality,
            },
          ]
        : [],
    );
  }, [layers, tracks, moment, incident, at]);

  return (
    <MapView
      className="size-full"
      theme={theme}
      layers={layers.all}
      label={t('label')}
      token={mapboxToken}
      opening={opening}
      scale={scale}
    />
  );
}
