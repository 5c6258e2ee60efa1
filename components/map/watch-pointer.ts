import type { LonLat, ScreenPoint } from './geometry.ts';
import type { Picked } from './map-layer.ts';
import type { MapSurface } from './map-surface.ts';

type Watch = {
  pickAt: (point: ScreenPoint) => Picked | null;
  pick: (picked: Picked | null, lonLat: LonLat) => void;
  hover: (picked: Picked | null) => void;
  choosing: () => boolean;
};

/**
 * Clicks and hovers, at most one look a frame. By keyboard the middle of the map is the pointer: arrows move the map under it,
 * Enter takes what is there.
 */
export function watchPointer(surface: MapSurface, { pickAt, pick, hover, choosing }: Watch): () => void {
  let waiting: ScreenPoint | null = null;
  let frame = 0;
  let hovered = '';
  const told = (picked: Picked | null) => {
    const name = picked ? `${picked.layer}:${picked.id}:${picked.slot}` : '';
    surface.setCursor(choosing() ? 'crosshair' : picked ? 'pointer' : '');
    if (name === hovered) return;
    hovered = name;
    hover(picked);
  };
  const look = () => {
    frame = 0;
    if (waiting) told(pickAt(waiting));
    waiting = null;
  };
  const sight = crosshair(surface.container);
  const middle = () => ({ x: surface.size().width / 2, y: surface.size().height / 2 });
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing || event.target !== surface.container.querySelector('canvas'))
      return;
    event.preventDefault();
    pick(pickAt(middle()), surface.unproject(middle()));
  };
  const focus = () => sight.show(surface.container.querySelector('canvas:focus-visible') !== null);
  const blur = () => sight.show(false);
  surface.container.addEventListener('keydown', key);
  surface.container.addEventListener('focusin', focus);
  surface.container.addEventListener('focusout', blur);
  const offs = [
    surface.on('click', ({ point, lonLat }) => pick(pickAt(point), lonLat)),
    surface.on('hover', ({ point }) => {
      waiting = point;
      if (frame === 0) frame = requestAnimationFrame(look);
    }),
    surface.on('leave', () => {
      waiting = null;
      told(null);
    }),
  ];
  return () => {
    cancelAnimationFrame(frame);
    for (const off of offs) off();
    surface.container.removeEventListener('keydown', key);
    surface.container.removeEventListener('focusin', focus);
    surface.container.removeEventListener('focusout', blur);
    sight.remove();
  };
}

function crosshair(container: HTMLElement) {
  const element = document.createElement('div');
  element.setAttribute('aria-hidden', 'true');
  Object.assign(element.style, {
    position: 'absolute',
    left: '50%',
    top: '50%',
    width: '22px',
    height: '22px',
    margin: '-11px 0 0 -11px',
    pointerEvents: 'none',
    border: '2px solid var(--accent)',
    borderRadius: '50%',
    boxShadow: '0 0 0 1.5px var(--panel)',
    display: 'none',
  });
  container.append(element);
  return {
    show: (visible: boolean) => {
      element.style.display = visible ? 'block' : 'none';
    },
    remove: () => element.remove(),
  };
}
