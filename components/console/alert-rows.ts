import type { Alarm } from '@/server/domain/alarm.ts';
import type { Priority, warningColours } from '@/server/domain/scale.ts';
import type { Signal } from '@/server/domain/signal.ts';
import { isInForce, type Warning } from '@/server/domain/warning.ts';

/** What a road or a device says at one place. Where a signal of it is open, the signal stands there already. */
export type AlertRow = {
  readonly key: string;
  readonly text: string;
  readonly priority: Priority;
  readonly lonLat: [number, number];
  readonly at: number;
  readonly reality: Warning['reality'];
  readonly signal: string | null;
};
type Of<T> = Iterable<{ readonly body: T }>;

const byColour: Record<(typeof warningColours)[number], Priority> = {
  red: 'P1',
  orange: 'P2',
  yellow: 'P3',
  blue: 'P4',
};
const bySeverity: Record<Warning['severity'], Priority> = {
  Extreme: 'P1',
  Severe: 'P2',
  Moderate: 'P3',
  Minor: 'P4',
  Unknown: 'P4',
};

/** The middle of a closed road stands for all of it. */
function pointOf({ geometry }: Warning): [number, number] | null {
  if (geometry?.type === 'Point') return geometry.coordinates;
  if (geometry?.type !== 'LineString') return null;
  return geometry.coordinates[Math.floor(geometry.coordinates.length / 2)] ?? null;
}

const fromWarning = (of: Warning): AlertRow | null => {
  const lonLat = pointOf(of);
  return lonLat
    ? {
        key: `warning/${of.id}`,
        text: of.headline || of.event,
        priority: of.colour ? byColour[of.colour] : bySeverity[of.severity],
        lonLat,
        at: of.sentAt ?? of.receivedAt,
        reality: of.reality,
        signal: of.signal,
      }
    : null;
};

/** `stations`: whose alarms the mark of the station shows. */
export function alertRows(
  of: { warnings: Of<Warning>; alarms: Of<Alarm>; stations: ReadonlyMap<string, unknown> },
  signals: ReadonlyMap<string, { readonly body: Signal }>,
  { now, locale }: { now: number; locale: 'zh-CN' | 'en' },
): AlertRow[] {
  const warnings = Array.from(of.warnings, ({ body }) => (isInForce(body, now) ? fromWarning(body) : null));
  const alarms = Array.from(of.alarms, ({ body }): AlertRow | null =>
    body.state === 'active' && body.lonLat && !(body.subject.station !== null && of.stations.has(body.subject.station))
      ? {
          key: `alarm/${body.id}`,
          text: [body.name, body.title[locale]].filter(Boolean).join(' · '),
          priority: body.priority,
          lonLat: [body.lonLat[0], body.lonLat[1]],
          at: body.observedAt ?? body.raisedAt,
          reality: body.reality,
          signal: body.signal,
        }
      : null,
  );
  return [...warnings, ...alarms]
    .filter((row) => row !== null)
    .filter((row) => row.signal === null || signals.get(row.signal)?.body.state !== 'open')
    .sort((a, b) => a.priority.localeCompare(b.priority) || b.at - a.at);
}
