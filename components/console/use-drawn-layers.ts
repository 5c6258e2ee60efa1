'use client';
import { useEffect } from 'react';
import { live } from '@/components/live/live.ts';
import { paced } from '@/components/live/paced.ts';
import type { StationMark } from '@/components/map/layers/gather-stations.ts';
import type { createCityLayers } from './city-layers.ts';
import { drawnStations } from './drawn-stations.ts';
import type { LayerChoice } from './layer-choice.ts';
import { useLeadWords } from './use-lead-words.ts';
import { currentVesselSlots, currentVessels, useAlertRows, useStationRows } from './use-map-rows.ts';

/** Stations, alerts and ships on their layers, and every layer shown or not as the operator chose. */
export function useDrawnLayers(city: ReturnType<typeof createCityLayers>, choice: LayerChoice): void {
  const rows = useStationRows();
  const alerts = useAlertRows();
  const words = useLeadWords();
  useEffect(() => {
    // Which stations the layer holds is chosen above; the layer itself is there for all of them.
    for (const layer of city.all)
      if (layer.id !== city.stations.id) layer.setVisible(!choice.hidden.includes(layer.id));
  }, [city, choice]);
  useEffect(() => {
    city.stations.show(
      drawnStations(rows, choice).map(
        (row): StationMark => ({
          id: row.key,
          lonLat: row.station.lonLat ?? [0, 0],
          kind: row.station.kind,
          state: row.state,
          freshness: row.freshness,
          text: words(row),
        }),
      ),
    );
  }, [city, choice, rows, words]);
  useEffect(
    () =>
      city.alerts.show(
        alerts.map(({ key, lonLat, priority, text, reality }) => ({ id: key, lonLat, priority, text, reality })),
      ),
    [city, alerts],
  );
  useEffect(() => {
    city.units.filter((slot) => !currentVesselSlots().has(slot));
    const show = () =>
      city.vessels.show(
        currentVessels().map(({ key, lonLat, headingDeg, freshness, name }) => ({
          ...{ id: key, lonLat, headingDeg, freshness, text: name },
        })),
      );
    show();
    return paced((listener) => live.subscribeTick(listener), 1)(show);
  }, [city]);
}
