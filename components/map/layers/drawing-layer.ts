import { mapFonts } from '../base-words.ts';
import type { LonLat } from '../geometry.ts';
import type { MapLayer } from '../map-layer.ts';
import { baseTokens, inkTokens, type MapTheme, unitColour, warningHue } from '../tokens.ts';
import {
  anchorOf,
  type DrawingMeaning,
  type DrawingShape,
  drawingDashes,
  drawingMeanings,
  drawingSigns,
  geometryOf,
} from './drawing-shapes.ts';
import { createFeatureLayer, type DrawnLayer, pointOf } from './feature-layer.ts';
import { type Made, paint } from './mark-images.ts';

export type DrawingMark = {
  readonly id: string;
  readonly incident: string;
  readonly shape: DrawingShape;
  readonly meaning: DrawingMeaning;
  /** What it means and what was written, ready to read. */
  readonly text: string;
};
/** What somebody is drawing: points so far, and the shape once it is one. */
export type DraftMark = {
  readonly points: readonly LonLat[];
  readonly shape: DrawingShape | null;
  readonly meaning: DrawingMeaning;
};
export type DrawingLayer = MapLayer & {
  show(drawings: readonly DrawingMark[]): void;
  draft(draft: DraftMark | null): void;
};

export const drawingHue = (theme: MapTheme, meaning: DrawingMeaning): string => {
  switch (meaning) {
    case 'danger':
      return warningHue(theme, 'red');
    case 'closed':
      return warningHue(theme, 'orange');
    case 'evacuation':
      return unitColour(theme, 'onScene');
    case 'staging':
      return unitColour(theme, 'available');
    case 'route':
      return warningHue(theme, 'blue');
    case 'note':
      return inkTokens(theme).ink;
  }
};

const imageId = (meaning: string) => `drawing-${meaning}`;
const signSize = 18;

function signImage(theme: MapTheme, meaning: DrawingMeaning, scale: number): Made {
  const size = (signSize + 6) * scale;
  return paint(size, size, (brush) => {
    const path = new Path2D(drawingSigns[meaning]);
    brush.translate(3 * scale, 3 * scale);
    brush.scale((signSize / 16) * scale, (signSize / 16) * scale);
    brush.lineJoin = 'round';
    brush.strokeStyle = baseTokens(theme).halo;
    brush.lineWidth = 3.4;
    brush.stroke(path);
    brush.fillStyle = drawingHue(theme, meaning);
    brush.fill(path, 'evenodd');
  });
}

const byMeaning = (theme: MapTheme) =>
  [
    'match',
    ['get', 'meaning'],
    ...drawingMeanings.flatMap((meaning) => [meaning, drawingHue(theme, meaning)]),
    inkTokens(theme).ink,
  ] as never;

/** Lines by meaning, because a dash cannot be told by data: each has a light edge below, so that it is seen over every ground. */
function lines(id: string, theme: MapTheme, scale: number): DrawnLayer[] {
  const drawn = ['!=', ['geometry-type'], 'Point'];
  const layout = { 'line-join': 'round', 'line-cap': 'butt' } as const;
  return [
    {
      storey: 'areas',
      spec: {
        id: `${id}-under`,
        type: 'line',
        source: id,
        filter: drawn as never,
        layout,
        paint: { 'line-color': baseTokens(theme).halo, 'line-width': 6 * scale, 'line-opacity': 0.75 },
      },
    },
    ...drawingMeanings.map((meaning): DrawnLayer => {
      const dash = drawingDashes[meaning];
      return {
        storey: 'areas',
        spec: {
          id: `${id}-line-${meaning}`,
          type: 'line',
          source: id,
          filter: ['all', drawn, ['==', ['get', 'meaning'], meaning]] as never,
          layout,
          paint: {
            'line-color': drawingHue(theme, meaning),
            'line-width': (meaning === 'note' ? 2 : 3) * scale,
            ...(dash ? { 'line-dasharray': [...dash] } : {}),
          },
        },
      };
    }),
  ];
}

/** What people drew for everybody in a room, and what is being drawn. */
export function createDrawingLayer({ scale = 1, id = 'drawings' }: { scale?: number; id?: string } = {}): DrawingLayer {
  let shown: readonly DrawingMark[] = [];
  let draft: DraftMark | null = null;
  const layer = createFeatureLayer({
    id,
    words: 'map.layers.drawings',
    legend: drawingMeanings.map((meaning) => ({
      words: `room.draw.meaning.${meaning}`,
      mark: { draw: 'drawing', meaning },
    })),
    pickable: { layers: [`${id}-signs`], radius: 5, read: pointOf },
    look: (theme) => ({
      images: drawingMeanings.map((meaning) => ({ id: imageId(meaning), ...signImage(theme, meaning, scale) })),
      layers: [
        {
          storey: 'areas',
          spec: {
            id: `${id}-fill`,
            type: 'fill',
            source: id,
            filter: ['==', ['geometry-type'], 'Polygon'] as never,
            paint: { 'fill-color': byMeaning(theme), 'fill-opacity': 0.13 },
          },
        },
        ...lines(id, theme, scale),
        {
          storey: 'marks',
          spec: {
            id: `${id}-corners`,
            type: 'circle',
            source: id,
            filter: ['==', ['get', 'is'], 'corner'] as never,
            paint: {
              'circle-radius': 4.5 * scale,
              'circle-color': inkTokens(theme).panel,
              'circle-stroke-color': byMeaning(theme),
              'circle-stroke-width': 2 * scale,
            },
          },
        },
        {
          storey: 'marks',
          spec: {
            id: `${id}-signs`,
            type: 'symbol',
            source: id,
            filter: ['==', ['get', 'is'], 'sign'] as never,
            layout: {
              'icon-image': ['get', 'image'] as never,
              'icon-allow-overlap': true,
              'icon-ignore-placement': true,
              'text-field': ['get', 'text'] as never,
              'text-font': mapFonts.medium,
              'text-size': 12 * scale,
              'text-anchor': 'top',
              'text-offset': [0, 0.9],
              'text-max-width': 12,
              'text-optional': true,
            },
            paint: {
              'text-color': byMeaning(theme),
              'text-halo-color': baseTokens(theme).halo,
              'text-halo-width': 1.8 * scale,
            },
          },
        },
      ],
    }),
  });
  const point = (at: LonLat, properties: Record<string, unknown>): GeoJSON.Feature => ({
    type: 'Feature',
    properties: { ...properties, lon: at[0], lat: at[1] },
    geometry: { type: 'Point', coordinates: at },
  });
  const body = (shape: DrawingShape, meaning: DrawingMeaning): GeoJSON.Feature[] =>
    shape.kind === 'point' ? [] : [{ type: 'Feature', properties: { meaning }, geometry: geometryOf(shape) }];

  function draw(): void {
    const marks = shown.flatMap(({ incident, shape, meaning, text }) => [
      ...body(shape, meaning),
      point(anchorOf(shape), { is: 'sign', id: incident, meaning, text, image: imageId(meaning) }),
    ]);
    const drawn = draft
      ? [
          ...(draft.shape ? body(draft.shape, draft.meaning) : []),
          ...draft.points.map((at) => point(at, { is: 'corner', meaning: draft?.meaning })),
        ]
      : [];
    layer.setData({ type: 'FeatureCollection', features: [...marks, ...drawn] });
  }
  return {
    ...layer,
    show(drawings) {
      shown = drawings;
      draw();
    },
    draft(next) {
      draft = next;
      draw();
    },
  };
}
