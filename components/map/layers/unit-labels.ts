import type { ScreenPoint } from '../geometry.ts';
import { baseTokens, type MapTheme } from '../tokens.ts';

export type UnitLabel = { at: ScreenPoint; text: string; strong: boolean };
type Box = { left: number; top: number; right: number; bottom: number };

type Placing = {
  widthOf: (text: string) => number;
  height: number;
  /** From the middle of a mark to its word. */
  gap: number;
  limit: number;
  /** Middles of all marks in the view: a word covers none but for what must be read. */
  marks: readonly ScreenPoint[];
};

/** Call signs beside marks: what must be read first, then first come; what would cover a word or a mark is left out. */
export function placeLabels(labels: readonly UnitLabel[], options: Placing): (UnitLabel & Box)[] {
  const { widthOf, height, gap, limit, marks } = options;
  const placed: (UnitLabel & Box)[] = [];
  for (const label of [...labels].sort((a, b) => Number(b.strong) - Number(a.strong))) {
    if (placed.length >= limit) break;
    const left = label.at.x + gap;
    const box = {
      left,
      top: label.at.y - height / 2,
      right: left + widthOf(label.text),
      bottom: label.at.y + height / 2,
    };
    const covers = placed.some(
      (other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top,
    );
    const hides =
      !label.strong &&
      marks.some(({ x, y }) => x > box.left && x < box.right + 4 && y > box.top - 4 && y < box.bottom + 4);
    if (!covers && !hides) placed.push({ ...label, ...box });
  }
  return placed;
}

const family = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';

/** A canvas over the map that the pointer does not see. Drawn with the map's own frames. */
export function createLabelSheet(container: HTMLElement) {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  Object.assign(canvas.style, {
    position: 'absolute',
    inset: '0',
    width: '100%',
    height: '100%',
    pointerEvents: 'none',
    // A sheet with nothing on it would still be laid over every frame.
    display: 'none',
  });
  container.append(canvas);
  const context = canvas.getContext('2d');
  let blank = true;

  return {
    draw(
      labels: readonly UnitLabel[],
      look: { theme: MapTheme; scale: number; gap: number; pixelRatio: number; marks: readonly ScreenPoint[] },
    ) {
      if (!context || (labels.length === 0 && blank)) return;
      const width = Math.round(container.clientWidth * look.pixelRatio);
      const height = Math.round(container.clientHeight * look.pixelRatio);
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      context.setTransform(look.pixelRatio, 0, 0, look.pixelRatio, 0, 0);
      context.clearRect(0, 0, container.clientWidth, container.clientHeight);
      if (blank !== (labels.length === 0)) {
        blank = labels.length === 0;
        canvas.style.display = blank ? 'none' : '';
      }
      const size = 11.5 * look.scale;
      context.font = `500 ${size}px ${family}`;
      context.textBaseline = 'middle';
      context.lineJoin = 'round';
      context.lineWidth = 3 * look.scale;
      const tokens = baseTokens(look.theme);
      context.strokeStyle = tokens.halo;
      context.fillStyle = tokens.label;
      const placed = placeLabels(labels, {
        widthOf: (text) => context.measureText(text).width,
        height: size * 1.25,
        gap: look.gap,
        limit: 200,
        marks: look.marks,
      });
      for (const { text, left, at } of placed) {
        context.strokeText(text, left, at.y);
        context.fillText(text, left, at.y);
      }
    },
    remove: () => canvas.remove(),
  };
}
