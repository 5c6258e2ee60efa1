import { type Freshness, freshnessClasses } from '@/server/wire/frame.ts';
import { mapFonts } from '../base-words.ts';
import type { LonLat } from '../geometry.ts';
import type { MapLayer } from '../map-layer.ts';
import { baseTokens, inkTokens, type MapTheme, withAlpha } from '../tokens.ts';
import { createFeatureLayer, pointFeature, pointOf } from './feature-layer.ts';
import { type Brush, type Made, paint } from './mark-images.ts';

export type VesselMark = {
  readonly id: string;
  readonly lonLat: LonLat;
  readonly headingDeg: number | null;
  readonly freshness: Freshness;
  readonly text: string;
};
export type VesselLayer = MapLayer & { show(vessels: readonly VesselMark[]): void };

const imageId = (freshness: string, steered: boolean) => `vessel-${freshness}${steered ? '' : '-still'}`;

/** A hull seen from above, bow up; without a heading both ends are round. */
function hull(brush: Brush, [x, y]: readonly [number, number], scale: number, steered: boolean): void {
  const [half, fore, aft] = [3.6 * scale, 9 * scale, 7.5 * scale];
  brush.beginPath();
  if (steered) {
    brush.moveTo(x, y - fore);
    brush.quadraticCurveTo(x + half * 1.15, y - fore * 0.45, x + half, y + aft * 0.2);
    brush.lineTo(x + half * 0.86, y + aft);
    brush.lineTo(x - half * 0.86, y + aft);
    brush.lineTo(x - half, y + aft * 0.2);
    brush.quadraticCurveTo(x - half * 1.15, y - fore * 0.45, x, y - fore);
  } else brush.ellipse(x, y, half, aft * 0.8, 0, 0, 2 * Math.PI);
  brush.closePath();
}

function vesselImage(theme: MapTheme, of: { freshness: Freshness; steered: boolean; scale: number }): Made {
  const { freshness, steered, scale } = of;
  const size = 26 * scale;
  const middle: [number, number] = [size / 2, size / 2 + 0.5 * scale];
  const hue = baseTokens(theme).labelWater;
  const vouched = freshness === 'fresh' || freshness === 'late';
  return paint(size, size, (brush) => {
    brush.lineJoin = 'round';
    brush.globalAlpha = freshness === 'late' ? 0.6 : 1;
    hull(brush, middle, scale, steered);
    brush.strokeStyle = theme === 'light' ? '#ffffff' : baseTokens(theme).halo;
    brush.lineWidth = 3.2 * scale;
    brush.stroke();
    brush.fillStyle = vouched ? hue : withAlpha(inkTokens(theme).panel, 0.7);
    brush.fill();
    brush.strokeStyle = hue;
    brush.lineWidth = 1.4 * scale;
    if (freshness === 'unknown') brush.setLineDash([2.2 * scale, 1.8 * scale]);
    brush.stroke();
  });
}

/** Ships: the shape of a hull turned to where it heads; its name when near. */
export function createVesselLayer({ scale = 1, id = 'vessels' }: { scale?: number; id?: string } = {}): VesselLayer {
  const layer = createFeatureLayer({
    id,
    words: 'map.layers.vessels',
    legend: [{ words: 'map.legend.vessel', mark: { draw: 'vessel' } }],
    pickable: { layers: [id], radius: 4, read: pointOf },
    look: (theme) => ({
      images: freshnessClasses.flatMap((freshness) =>
        [true, false].map((steered) => ({
          id: imageId(freshness, steered),
          ...vesselImage(theme, { freshness, steered, scale }),
        })),
      ),
      layers: [
        {
          storey: 'marks',
          spec: {
            id,
            type: 'symbol',
            source: id,
            layout: {
              'icon-image': ['get', 'image'],
              'icon-rotate': ['get', 'heading'],
              'icon-rotation-alignment': 'map',
              'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.5, 12, 0.85, 14, 1.1],
              'icon-allow-overlap': true,
              'icon-ignore-placement': true,
              'text-field': ['step', ['zoom'], '', 12.5, ['get', 'text']],
              'text-font': mapFonts.regular,
              'text-size': 10 * scale,
              'text-anchor': 'top',
              'text-offset': [0, 1],
              'text-optional': true,
            },
            paint: {
              'text-color': baseTokens(theme).labelWater,
              'text-halo-color': baseTokens(theme).halo,
              'text-halo-width': 1.4 * scale,
            },
          },
        },
      ],
    }),
  });
  return {
    ...layer,
    show(vessels) {
      layer.setData({
        type: 'FeatureCollection',
        features: vessels.map(({ id: vessel, lonLat, headingDeg, freshness, text }) =>
          pointFeature(lonLat, {
            id: vessel,
            text,
            heading: headingDeg ?? 0,
            image: imageId(freshness, headingDeg !== null),
          }),
        ),
      });
    },
  };
}
