import { type SoundCause, type SoundPattern, soundPatterns } from './sound-causes.ts';

/** Tones of a pattern: frequency, start and length in ms. No two share a rhythm: they are told apart without looking. */
export type Tone = { readonly hz: number; readonly atMs: number; readonly forMs: number };
export const tonesOf: Readonly<Record<SoundPattern, readonly Tone[]>> = {
  // Five quick pulses, high: after the shape of a high-priority alarm signal.
  alarm: [0, 150, 300, 600, 750].map((atMs) => ({ hz: 988, atMs, forMs: 110 })),
  // Two notes in turn, as a telephone.
  ring: [0, 120, 240, 360, 480, 600].map((atMs, index) => ({ hz: index % 2 ? 659 : 523, atMs, forMs: 110 })),
  // One falling pair, low.
  overdue: [
    { hz: 440, atMs: 0, forMs: 220 },
    { hz: 349, atMs: 260, forMs: 320 },
  ],
};
export const lengthMs = (of: SoundPattern): number => Math.max(...tonesOf[of].map((tone) => tone.atMs + tone.forMs));
/** From one beginning to the next, as long as nobody answers. */
export const repeatMs: Readonly<Record<SoundPattern, number>> = { alarm: 4_000, ring: 3_000, overdue: 12_000 };

export type Heard = { readonly pattern: SoundPattern; readonly at: number } | null;

/** What asks and has not been silenced at this station. */
export const audible = (causes: readonly SoundCause[], silenced: ReadonlySet<string>): readonly SoundCause[] =>
  causes.filter((one) => !silenced.has(one.key));

/** One pattern at a time: the most important waits for the end of what is being played, never for its pause. */
export function nextSound(causes: readonly SoundCause[], heard: Heard, now: number): SoundPattern | null {
  const top = soundPatterns.find((pattern) => causes.some((one) => one.pattern === pattern));
  if (!top) return null;
  if (heard && now < heard.at + lengthMs(heard.pattern)) return null;
  if (heard?.pattern === top && now < heard.at + repeatMs[top]) return null;
  return top;
}

/** A silence is of what asked then; what has ended is forgotten, so that it sounds when it comes back. */
export const stillSilenced = (silenced: ReadonlySet<string>, causes: readonly SoundCause[]): ReadonlySet<string> => {
  const asking = new Set(causes.map((one) => one.key));
  const kept = [...silenced].filter((key) => asking.has(key));
  return kept.length === silenced.size ? silenced : new Set(kept);
};
