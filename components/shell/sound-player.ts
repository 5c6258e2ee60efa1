import type { SoundPattern } from './sound-causes.ts';
import { tonesOf } from './sound-schedule.ts';

export type SoundPlayer = {
  /** False: the browser has not let us yet. */
  readonly play: (pattern: SoundPattern, gain: number) => boolean;
  /** Asks the browser; it agrees only in answer to a gesture. */
  readonly unlock: () => Promise<boolean>;
  readonly blocked: () => boolean;
  readonly stop: () => void;
  readonly close: () => void;
};

/** Before a gesture a context would only be made to be refused. */
const touched = (): boolean => navigator.userActivation?.hasBeenActive ?? true;

/** Plain tones, made here: no file to load, nothing to lose. */
export function createSoundPlayer(): SoundPlayer {
  let context: AudioContext | null = null;
  let master: GainNode | null = null;
  const open = (): AudioContext | null => {
    if (context || typeof AudioContext === 'undefined') return context;
    context = new AudioContext({ latencyHint: 'interactive' });
    return context;
  };
  const stop = () => {
    master?.disconnect();
    master = null;
  };
  return {
    play(pattern, gain) {
      const audio = touched() ? open() : context;
      if (audio?.state !== 'running') return false;
      stop();
      master = audio.createGain();
      master.gain.value = gain;
      master.connect(audio.destination);
      const start = audio.currentTime + 0.02;
      for (const { hz, atMs, forMs } of tonesOf[pattern]) {
        const from = start + atMs / 1000;
        const to = from + forMs / 1000;
        const tone = audio.createOscillator();
        const shape = audio.createGain();
        tone.type = 'triangle';
        tone.frequency.value = hz;
        // A tone that begins or ends at once clicks.
        shape.gain.setValueAtTime(0, from);
        shape.gain.linearRampToValueAtTime(1, from + 0.015);
        shape.gain.setValueAtTime(1, to - 0.03);
        shape.gain.linearRampToValueAtTime(0, to);
        tone.connect(shape).connect(master);
        tone.start(from);
        tone.stop(to);
      }
      return true;
    },
    async unlock() {
      const audio = touched() ? open() : context;
      if (!audio) return false;
      if (audio.state !== 'running') await audio.resume();
      return audio.state === 'running';
    },
    blocked: () => (context ? context.state !== 'running' : !touched()),
    stop,
    close() {
      stop();
      void context?.close();
      context = null;
    },
  };
}
