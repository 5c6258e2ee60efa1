import { abilitiesOf } from './abilities.ts';
import { dispatchableCount, roster, type UnitKind } from './roster.ts';

/** The text of `server/store/seed/demo-units.json`: the units that can be sent, without what only the simulator needs. */
export function demoUnits(): string {
  const seen = new Map<UnitKind, number>();
  const rows = roster(0, dispatchableCount).map(({ id, callSign, name, kind, department, district, subject }) => {
    const nth = seen.get(kind) ?? 0;
    seen.set(kind, nth + 1);
    const capabilities = abilitiesOf(kind, nth);
    return JSON.stringify({ id, callSign, name, kind, capabilities, department, district, subject });
  });
  return `[\n  ${rows.join(',\n  ')}\n]\n`;
}
