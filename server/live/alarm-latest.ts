import type { AlarmSample } from '@/server/domain/alarm-sample.ts';
import { type Station, stationId } from '@/server/domain/station.ts';
import type { AlarmSource } from './alarm-raising.ts';
import { isOfNow } from './alarm-samples.ts';

type Measured = Extract<AlarmSample, { of: 'reading' | 'capacity' }>;
export type Latest = { readonly sample: Measured; readonly source: AlarmSource };

const keyOf = (sample: Measured): string =>
  [sample.scheme, sample.key, sample.property, sample.of === 'reading' ? sample.statistic : ''].join('\u0000');

/**
 * What was last measured of everything, so that a rule that is new or another, or a station that is, is asked about what is so already: a gauge
 * may speak once an hour. Bounded: what has been silent longest goes first, and is found again by its next record.
 */
export class LatestSamples {
  private readonly latest = new Map<string, Latest>();
  private readonly stations = new Set<string>();
  private readonly rules = new Set<string>();

  constructor(private readonly most: number) {}

  take(sample: Measured, source: AlarmSource): void {
    const key = keyOf(sample);
    const held = this.latest.get(key);
    if (held && held.sample.at > sample.at) return;
    // No other department's source puts its own word in the place of what one reports.
    if (held && held.source.department !== source.department && isOfNow(held.sample, sample.at)) return;
    this.latest.delete(key);
    this.latest.set(key, { sample, source });
    if (this.latest.size > this.most) this.latest.delete(this.latest.keys().next().value as string);
  }

  stationChanged(id: string): void {
    this.stations.add(id);
  }

  ruleChanged(id: string): void {
    this.rules.add(id);
  }

  /** Whose answer may be another one now, once: of every rule, or of those that changed. */
  takeChanged(
    now: number,
    stationOf: (scheme: string, key: string) => Station | null,
  ): { readonly rules: ReadonlySet<string>; readonly again: readonly (Latest & { readonly everyRule: boolean })[] } {
    const rules = new Set(this.rules);
    if (this.stations.size === 0 && rules.size === 0) return { rules, again: [] };
    const again = [...this.latest.values()].flatMap((one) => {
      const { scheme, key } = one.sample;
      const everyRule = this.stations.has(stationOf(scheme, key)?.id ?? stationId(scheme, key));
      return (everyRule || rules.size > 0) && isOfNow(one.sample, now) ? [{ ...one, everyRule }] : [];
    });
    this.stations.clear();
    this.rules.clear();
    return { rules, again };
  }
}
