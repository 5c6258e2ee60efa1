import { dispatchableCount, roster } from './roster.ts';

/** The text of `server/store/seed/demo-units.json`: the units that can be sent, without what only the simulator needs. */
export function demoUnits(): string {
  const rows = roster(0, dispatchableCount).map(({ id, callSign, name, kind, department, district, subject }) =>
    JSON.stringify({ id, callSign, name, kind, department, district, subject }),
  );
  return `[\n  ${rows.join(',\n  ')}\n]\n`;
}
