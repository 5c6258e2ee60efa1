import type { Place } from '@/server/domain/place.ts';

/** How a place is named in one line: in words, else by its point; null where neither is known. */
export const placeWords = ({ text, lonLat }: Pick<Place, 'text' | 'lonLat'>): string | null =>
  text || (lonLat ? `${lonLat[0].toFixed(4)}, ${lonLat[1].toFixed(4)}` : null);
