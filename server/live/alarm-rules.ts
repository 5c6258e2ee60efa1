import type { AlarmSample } from '@/server/domain/alarm-sample.ts';
import { type Rule, type SimpleCondition, simpleConditionsOf } from '@/server/domain/rule.ts';
import type { AlertRecord } from '@/server/wire/record.ts';

type Kind = SimpleCondition['of'];
const anyName = '*';

/** Names by which a condition can be found without asking all of them. */
function namesOf(condition: SimpleCondition): readonly string[] {
  const names =
    condition.of === 'reading' ? condition.properties : condition.of === 'capacity' ? condition.resources : [];
  return names.length > 0 ? names.map((name) => name.toLowerCase()) : [anyName];
}

/** The rules in force, found by what a sample is about: tens of rules are asked thousands of times a second. */
export class AlarmRules {
  private readonly byId = new Map<string, Rule>();
  private index = new Map<string, Rule[]>();

  set(rule: Rule): void {
    this.byId.set(rule.id, rule);
    const index = new Map<string, Rule[]>();
    for (const one of this.byId.values()) {
      if (!one.enabled) continue;
      const keys = new Set(
        simpleConditionsOf(one.condition).flatMap((of) => namesOf(of).map((name) => `${of.of} ${name}`)),
      );
      for (const key of keys) index.set(key, [...(index.get(key) ?? []), one]);
    }
    this.index = index;
  }

  get(id: string): Rule | null {
    return this.byId.get(id) ?? null;
  }

  /** Those that may have something to say of it. */
  for(sample: AlarmSample): readonly Rule[] {
    const open = this.index.get(`${sample.of} ${anyName}`) ?? [];
    if (sample.of !== 'reading' && sample.of !== 'capacity') return open;
    const named = this.index.get(`${sample.of} ${sample.property.toLowerCase()}`);
    return named ? (open.length > 0 ? [...named, ...open] : named) : open;
  }

  first(kind: Kind): Rule | null {
    return this.index.get(`${kind} ${anyName}`)?.[0] ?? null;
  }

  /**
   * An alert of a device is the business of the rule that names its scheme or its event, also while that rule is off; every other alert is a
   * warning for people.
   */
  takesAlert(record: AlertRecord): boolean {
    for (const rule of this.byId.values())
      for (const condition of simpleConditionsOf(rule.condition)) {
        if (condition.of !== 'alert') continue;
        const scheme = condition.schemes.includes(record.subject.scheme);
        if (condition.schemes.length > 0 && !scheme) continue;
        const event = condition.events.some((prefix) => record.event.startsWith(prefix));
        if (event || (scheme && record.msgType === 'Cancel')) return true;
      }
    return false;
  }
}
