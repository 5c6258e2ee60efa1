/** Somebody to tell. A listener that throws does not keep the others from being told. */
export type Listeners<T extends unknown[]> = {
  add(listener: (...told: T) => void): () => void;
  tell(...what: T): void;
};

export function createListeners<T extends unknown[] = []>(): Listeners<T> {
  const all = new Set<(...told: T) => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => {
        all.delete(listener);
      };
    },
    tell(...what) {
      for (const listener of [...all])
        try {
          listener(...what);
        } catch (error) {
          console.error(error);
        }
    },
  };
}
