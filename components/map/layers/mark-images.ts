import type { Priority } from '@/server/domain/scale.ts';
import {
  baseTokens,
  inkTokens,
  type MapTheme,
  priorityFill,
  type WarningColour,
  warningHue,
  withAlpha,
} from '../tokens.ts';

/** Icons are drawn here, in the page: no sprite file, and the same shapes in every engine. */
export type Brush = CanvasRenderingContext2D;
export type Made = { image: ImageData; pixelRatio: number };
const family = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';
/** Sharp at twice the size of a plain screen, and on walls that scale up. */
const pixelRatio = 3;

export function paint(width: number, height: number, draw: (brush: Brush) => void): Made {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * pixelRatio);
  canvas.height = Math.round(height * pixelRatio);
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  if (!brush) throw new Error('no canvas to draw map marks on');
  brush.scale(pixelRatio, pixelRatio);
  draw(brush);
  return { image: brush.getImageData(0, 0, canvas.width, canvas.height), pixelRatio };
}

export function polygon(brush: Brush, centre: [number, number], radius: number, sides: number, turn: number): void {
  brush.beginPath();
  for (let i = 0; i < sides; i++) {
    const angle = turn + (i / sides) * 2 * Math.PI;
    brush.lineTo(centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle));
  }
  brush.closePath();
}

/** Each priority has an outline of its own: octagon, hexagon, square, circle. */
export function priorityPath(brush: Brush, priority: Priority, centre: [number, number], radius: number): void {
  if (priority === 'P1') polygon(brush, centre, radius * 1.06, 8, Math.PI / 8);
  else if (priority === 'P2') polygon(brush, centre, radius * 1.08, 6, Math.PI / 6);
  else if (priority === 'P3') {
    brush.beginPath();
    brush.roundRect(centre[0] - radius * 0.88, centre[1] - radius * 0.88, radius * 1.76, radius * 1.76, radius * 0.2);
  } else {
    brush.beginPath();
    brush.arc(centre[0], centre[1], radius, 0, 2 * Math.PI);
  }
}

export type MarkLook = { theme: MapTheme; priority: Priority; scale: number; muted: boolean; unreal: boolean };
export const incidentImageId = (priority: string, muted: boolean, unreal: boolean) =>
  `incident-${priority}${muted ? '-muted' : ''}${unreal ? '-unreal' : ''}`;

/** A filled head on a stem whose foot is the place. */
export function incidentImage({ theme, priority, scale, muted, unreal }: MarkLook): Made {
  const radius = 11.5 * scale;
  const width = radius * 2 + 8 * scale;
  const height = radius * 2 + 15 * scale;
  const centre: [number, number] = [width / 2, radius + 4 * scale];
  const { fill, ink } = priorityFill(theme, priority);
  const tokens = baseTokens(theme);
  return paint(width, height, (brush) => {
    const edge = priority === 'P4' || muted ? inkTokens(theme).lineStrong : ink;
    brush.lineJoin = 'round';
    brush.lineCap = 'round';
    const foot: [number, number] = [width / 2, height - 3 * scale];
    for (const [style, line] of [
      [theme === 'light' ? '#ffffff' : tokens.halo, 5],
      [muted ? inkTokens(theme).lineStrong : fill === inkTokens(theme).panel ? edge : fill, 2.4],
    ] as const) {
      brush.strokeStyle = style;
      brush.lineWidth = line * scale;
      brush.beginPath();
      brush.moveTo(...centre);
      brush.lineTo(...foot);
      brush.stroke();
    }
    brush.fillStyle = muted ? inkTokens(theme).lineStrong : edge === ink ? fill : edge;
    brush.beginPath();
    brush.arc(...foot, 2.2 * scale, 0, 2 * Math.PI);
    brush.fill();
    priorityPath(brush, priority, centre, radius);
    brush.strokeStyle = theme === 'light' ? '#ffffff' : tokens.halo;
    brush.lineWidth = 4 * scale;
    brush.stroke();
    brush.fillStyle = muted || unreal ? inkTokens(theme).panel : fill;
    brush.fill();
    brush.strokeStyle = muted
      ? inkTokens(theme).lineStrong
      : unreal || priority === 'P4'
        ? priority === 'P4'
          ? edge
          : fill
        : withAlpha(ink, 0.55);
    brush.lineWidth = (unreal ? 2 : 1.4) * scale;
    if (unreal) brush.setLineDash([3 * scale, 2.2 * scale]);
    brush.stroke();
    brush.setLineDash([]);
    brush.fillStyle = muted || unreal ? inkTokens(theme).ink : ink;
    brush.font = `700 ${10.5 * scale}px ${family}`;
    brush.textAlign = 'center';
    brush.textBaseline = 'middle';
    brush.fillText(priority, centre[0], centre[1] + 0.6 * scale);
  });
}

export const signalImageId = (kind: string, priority: string, unreal: boolean) =>
  `signal-${kind}-${priority}${unreal ? '-unreal' : ''}`;

/** A speech bubble in outline with one sign for its kind: something was said, nothing is filed. */
export function signalImage({ theme, priority, scale, unreal }: Omit<MarkLook, 'muted'>, sign: string): Made {
  const [width, height] = [26 * scale, 25 * scale];
  const tokens = baseTokens(theme);
  const { fill } = priorityFill(theme, priority);
  const hue =
    priority === 'P4' ? inkTokens(theme).lineStrong : theme === 'light' && priority === 'P3' ? '#7a6304' : fill;
  const bubble = (brush: Brush) => {
    const [left, top, right, bottom, r] = [3.5 * scale, 3.5 * scale, 22.5 * scale, 18.5 * scale, 4 * scale];
    brush.beginPath();
    brush.moveTo(left + r, top);
    brush.arcTo(right, top, right, bottom, r);
    brush.arcTo(right, bottom, left, bottom, r);
    brush.lineTo(16 * scale, bottom);
    brush.lineTo(13 * scale, 22.5 * scale);
    brush.lineTo(10 * scale, bottom);
    brush.arcTo(left, bottom, left, top, r);
    brush.arcTo(left, top, right, top, r);
    brush.closePath();
  };
  return paint(width, height, (brush) => {
    brush.lineJoin = 'round';
    bubble(brush);
    brush.strokeStyle = theme === 'light' ? '#ffffff' : tokens.halo;
    brush.lineWidth = 4.2 * scale;
    brush.stroke();
    brush.fillStyle = inkTokens(theme).panel;
    brush.fill();
    brush.strokeStyle = hue;
    brush.lineWidth = 1.9 * scale;
    if (unreal) brush.setLineDash([3 * scale, 2.2 * scale]);
    brush.stroke();
    brush.fillStyle = inkTokens(theme).ink;
    brush.font = `600 ${(sign.length > 1 ? 8.5 : 11) * scale}px ${family}`;
    brush.textAlign = 'center';
    brush.textBaseline = 'middle';
    brush.fillText(sign, width / 2, 11.4 * scale);
  });
}

export const hatchImageId = (colour: string) => `hatch-${colour}`;

/** A hatch of its own for each warning colour: crossed, close, wide, dotted. */
export function hatchImage(theme: MapTheme, colour: WarningColour): Made {
  const size = 16;
  return paint(size, size, (brush) => {
    const hue = warningHue(theme, colour);
    brush.fillStyle = withAlpha(hue, theme === 'light' ? 0.07 : 0.05);
    brush.fillRect(0, 0, size, size);
    brush.strokeStyle = withAlpha(hue, theme === 'light' ? 0.42 : 0.3);
    brush.fillStyle = brush.strokeStyle;
    brush.lineWidth = 1.2;
    const slope = (step: number, back: boolean) => {
      for (let offset = -size; offset <= size * 2; offset += step) {
        brush.beginPath();
        brush.moveTo(offset, back ? 0 : size);
        brush.lineTo(offset + size, back ? size : 0);
        brush.stroke();
      }
    };
    if (colour === 'red') {
      slope(8, false);
      slope(8, true);
    } else if (colour === 'orange') slope(8, false);
    else if (colour === 'yellow') slope(16, false);
    else {
      for (const [x, y] of [
        [4, 4],
        [12, 12],
      ] as const) {
        brush.beginPath();
        brush.arc(x, y, 1.3, 0, 2 * Math.PI);
        brush.fill();
      }
    }
  });
}

/** Four brackets around a place: where the operator points. */
export function placeImage(theme: MapTheme, scale: number): Made {
  const size = 34 * scale;
  return paint(size, size, (brush) => {
    const middle = size / 2;
    const { place } = inkTokens(theme);
    for (const [style, line] of [
      [theme === 'light' ? '#ffffff' : baseTokens(theme).halo, 4.6],
      [place, 2],
    ] as const) {
      brush.strokeStyle = style;
      brush.lineWidth = line * scale;
      brush.lineCap = 'round';
      for (let quarter = 0; quarter < 4; quarter++) {
        brush.save();
        brush.translate(middle, middle);
        brush.rotate((quarter * Math.PI) / 2);
        brush.beginPath();
        brush.moveTo(0, -14 * scale);
        brush.lineTo(0, -6.5 * scale);
        brush.stroke();
        brush.restore();
      }
      brush.beginPath();
      brush.arc(middle, middle, 9 * scale, 0, 2 * Math.PI);
      brush.stroke();
    }
    brush.fillStyle = place;
    brush.beginPath();
    brush.arc(middle, middle, 2 * scale, 0, 2 * Math.PI);
    brush.fill();
  });
}
