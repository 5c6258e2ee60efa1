export type Stopper = {
  readonly stopping: boolean;
  add(name: string, stop: () => Promise<void>): void;
  /** The last opened first; one that fails or hangs does not keep the others open. */
  stop(failed: (name: string, error: unknown) => void): Promise<void>;
};

export function createStopper(patienceMs = 25_000): Stopper {
  const steps: { readonly name: string; readonly stop: () => Promise<void> }[] = [];
  let stopping = false;

  async function within(stop: () => Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_done, fail) => {
      timer = setTimeout(() => fail(new Error(`not within ${patienceMs / 1000} s`)), patienceMs);
    });
    try {
      await Promise.race([stop(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    get stopping() {
      return stopping;
    },
    add: (name, stop) => {
      steps.push({ name, stop });
    },
    async stop(failed) {
      stopping = true;
      for (let step = steps.pop(); step; step = steps.pop()) {
        try {
          await within(step.stop);
        } catch (error) {
          failed(step.name, error);
        }
      }
    },
  };
}
