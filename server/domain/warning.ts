import { z } from 'zod';
import { signalId } from './ids.ts';
import { warningColours } from './scale.ts';
import { at } from './who.ts';

/** An area on the map with a public warning over it (a CAP alert): in force until it expires, is updated or cancelled. */
/** `notice`: a Cancel, Ack or Error; kept because it may come before what it speaks of, never shown as a warning. */
export const warningStates = ['inForce', 'superseded', 'cancelled', 'notice'] as const;

const position = z.tuple([z.number(), z.number()]);
const areaGeometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(position)) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(position))) }),
  z.object({ type: z.literal('Point'), coordinates: position }),
  z.object({ type: z.literal('LineString'), coordinates: z.array(position) }),
]);

export const warning = z.object({
  id: z.string().min(1).max(1024),
  /** `sender,identifier,sent` (CAP 1.2 §3.2.1): what an Update or a Cancel refers to. */
  reference: z.string().max(1024),
  references: z.array(z.string().max(1024)).max(500),
  dedupeKey: z.string().max(1024),
  sender: z.string().max(512),
  msgType: z.enum(['Alert', 'Update', 'Cancel', 'Ack', 'Error']),
  status: z.enum(['Actual', 'Exercise', 'System', 'Test', 'Draft']),
  language: z.string().max(64).nullable(),
  feed: z.string().max(128),
  event: z.string().max(512),
  headline: z.string().max(2_000),
  text: z.string().max(20_000),
  areaText: z.string().max(2_000),
  colour: z.enum(warningColours).nullable(),
  severity: z.enum(['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown']),
  /** CAP status: exercises and tests are kept apart and never look actual. */
  reality: z.enum(['actual', 'exercise', 'test']),
  geometry: areaGeometry.nullable(),
  sentAt: at.nullable(),
  onsetAt: at.nullable(),
  expiresAt: at.nullable(),
  receivedAt: at,
  signal: signalId.nullable(),
  state: z.enum(warningStates),
});
export type Warning = z.infer<typeof warning>;

export const warningEventKinds = {
  warningIssued: z.object({ warning }),
  warningSuperseded: z.object({ by: z.string().max(1024), at }),
  warningCancelled: z.object({ by: z.string().max(1024), at }),
} as const;

type Content<K extends keyof typeof warningEventKinds> = z.infer<(typeof warningEventKinds)[K]>;
export type WarningEvent = {
  [K in keyof typeof warningEventKinds]: { kind: K; content: Content<K> };
}[keyof typeof warningEventKinds];

export function applyWarning(current: Warning | null, event: WarningEvent): Warning {
  if (event.kind === 'warningIssued') return event.content.warning;
  if (!current) throw new Error(`${event.kind} before warningIssued`);
  return { ...current, state: event.kind === 'warningSuperseded' ? 'superseded' : 'cancelled' };
}

/** Whether it holds at `now`; expiry needs no event, so nothing shows a warning past its own end. */
export const isInForce = (of: Warning, now: number): boolean =>
  of.state === 'inForce' && (of.expiresAt === null || of.expiresAt > now);
