/** How loud this station is: of the place, not of the person. */
export const volumes = ['off', 'low', 'normal', 'loud'] as const;
export type Volume = (typeof volumes)[number];
export const gainOf: Readonly<Record<Volume, number>> = { off: 0, low: 0.12, normal: 0.35, loud: 0.8 };

const key = 'sound-volume';
const listeners = new Set<() => void>();
let without: Volume = 'normal';

export function readVolume(): Volume {
  try {
    const kept = localStorage.getItem(key);
    return volumes.find((one) => one === kept) ?? without;
  } catch {
    return without; // storage is forbidden: the choice lasts as long as the page
  }
}

export function keepVolume(volume: Volume): void {
  without = volume;
  try {
    localStorage.setItem(key, volume);
  } catch {
    // Said above.
  }
  for (const listener of listeners) listener();
}

export function subscribeVolume(listener: () => void): () => void {
  const other = (event: StorageEvent) => event.key === key && listener();
  listeners.add(listener);
  addEventListener('storage', other);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', other);
  };
}
