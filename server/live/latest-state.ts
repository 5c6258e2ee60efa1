import { unknownStatusCode } from '@/server/domain/unit.ts';
import {
  type CellGrid,
  cellBox,
  latitude,
  longitude,
  mercatorX,
  mercatorY,
  metresPerWorld,
  quantise,
} from '@/server/wire/cell-grid.ts';
import {
  freshnessClasses,
  freshnessCode,
  freshnessOfByte,
  headingByte,
  maxSlots,
  packStatus,
  statusOfByte,
  type UnitColumns,
  unknownHeading,
} from '@/server/wire/frame.ts';
import type { UnitDetail } from '@/server/wire/realtime.ts';
import { believedAt, freshnessAt } from './freshness.ts';
import { createSlotGrid, type SlotGrid } from './grid.ts';
import { createSlotTable } from './slot-table.ts';

/** One position of one unit by one source. `scope` names who may see it (department and jurisdiction). */
export type LiveUpdate = {
  readonly unit: string;
  readonly source: string;
  readonly scope: string;
  /** Null: the source reports without a fix; the last position stays and grows old. */
  readonly lonLat: readonly [number, number] | null;
  readonly headingDeg: number | null;
  readonly speedMps: number | null;
  /** Left out: the status stays; it comes from the records. */
  readonly statusCode?: number;
  readonly sourceAt: number | null;
  readonly receivedAt: number;
  readonly expectedIntervalS: number | null;
};

/**
 * `shown`: it is the newest. `behind`: newer than what this source said, older than what another source said, so it is kept but not
 * shown. `older`: a backfill or a late one; history has it, the marker does not move. `no-fix`: nothing to show. `full`: no slot left.
 */
export type LiveOutcome = 'shown' | 'behind' | 'older' | 'no-fix' | 'full';
export type LiveAnswer = { readonly slot: number | null; readonly outcome: LiveOutcome };
export type NearUnit = { readonly slot: number; readonly unit: string; readonly distanceM: number };
export type SlotChange = { readonly slot: number; readonly unit: string | null; readonly scope: string };

export type LatestState = {
  readonly grid: CellGrid;
  readonly slots: SlotGrid;
  readonly columns: UnitColumns;
  readonly size: number;
  readonly counts: Readonly<Record<LiveOutcome, number>>;
  slotOf(unit: string): number | null;
  unitOf(slot: number): string | null;
  /** By slot: the number of its scope. */
  readonly scopes: Uint16Array;
  scopeName(scope: number): string;
  /** A unit that is known by record before (or without) any position. */
  register(unit: string, of: { scope: string; statusCode: number }): number | null;
  update(of: LiveUpdate): LiveAnswer;
  setStatus(slot: number, statusCode: number): void;
  setScope(slot: number, scope: string): void;
  remove(slot: number): void;
  /** Moves every unit to the freshness of its age; gives how many changed. */
  sweep(now: number): number;
  detail(slots: readonly number[], now: number): UnitDetail[];
  nearest(
    lonLat: readonly [number, number],
    of: { count: number; accept?: (slot: number, freshness: number, statusCode: number) => boolean },
  ): NearUnit[];
  /** Cells whose content changed since the last call; counts up `version` of each. */
  takeDirty(): number[];
  cellVersion(cell: number): number;
  takeSlotChanges(): SlotChange[];
  /** Every unit with its slot. */
  slotTable(): SlotChange[];
};

type SourceFix = { source: string; at: number };

export function createLatestState(grid: CellGrid, capacity: number = maxSlots): LatestState {
  const table = createSlotTable(Math.min(capacity, maxSlots));
  const slots = createSlotGrid(grid, capacity);
  const columns = {
    x: new Uint16Array(capacity),
    y: new Uint16Array(capacity),
    heading: new Uint8Array(capacity).fill(unknownHeading),
    status: new Uint8Array(capacity).fill(packStatus(unknownStatusCode, freshnessCode.unknown)),
  };
  const observedAt = new Float64Array(capacity);
  const receivedAt = new Float64Array(capacity);
  const intervalMs = new Float64Array(capacity);
  const speedMps = new Float32Array(capacity).fill(Number.NaN);
  const scope = new Uint16Array(capacity);
  /** By slot: what each source said last. Nearly always one. */
  const fixes: (SourceFix[] | undefined)[] = [];
  const shownSource: (string | undefined)[] = [];
  const scopeNames: string[] = [];
  const scopeIndex = new Map<string, number>();
  const dirty = new Uint8Array(grid.cellCount);
  const versions = new Uint32Array(grid.cellCount);
  let dirtyCells: number[] = [];
  let slotChanges = new Map<number, SlotChange>();
  const counts: Record<LiveOutcome, number> = { shown: 0, behind: 0, older: 0, 'no-fix': 0, full: 0 };

  function touch(cell: number): void {
    if (cell < 0 || dirty[cell]) return;
    dirty[cell] = 1;
    dirtyCells.push(cell);
  }

  function scopeNumber(name: string): number {
    const known = scopeIndex.get(name);
    if (known !== undefined) return known;
    scopeIndex.set(name, scopeNames.length);
    return scopeNames.push(name) - 1;
  }

  const note = (slot: number): void => {
    slotChanges.set(slot, { slot, unit: table.unitOf(slot), scope: scopeNames[scope[slot] as number] ?? '' });
  };

  function setStatusByte(slot: number, byte: number): boolean {
    if (columns.status[slot] === byte) return false;
    columns.status[slot] = byte;
    touch(slots.cellOf(slot));
    return true;
  }

  function setScope(slot: number, name: string): void {
    const number = scopeNumber(name);
    if (scope[slot] === number) return;
    scope[slot] = number;
    touch(slots.cellOf(slot));
    note(slot);
  }

  function claim(unit: string, name: string): number | null {
    const held = table.slotOf(unit);
    if (held !== null) return held;
    const slot = table.claim(unit);
    if (slot === null) return null;
    scope[slot] = scopeNumber(name);
    note(slot);
    return slot;
  }

  function bySource(slot: number, source: string): SourceFix {
    let held = fixes[slot];
    if (!held) {
      held = [];
      fixes[slot] = held;
    }
    const known = held.find((fix) => fix.source === source);
    if (known) return known;
    const fresh = { source, at: 0 };
    held.push(fresh);
    return fresh;
  }

  function show(slot: number, of: LiveUpdate, lonLat: readonly [number, number]): void {
    const before = slots.cellOf(slot);
    const mx = mercatorX(lonLat[0]);
    const my = mercatorY(lonLat[1]);
    const cell = slots.place(slot, mx, my);
    const box = cellBox(grid, cell);
    const x = quantise(mx, box.x, box.size);
    const y = quantise(my, box.y, box.size);
    const heading = headingByte(of.headingDeg);
    if (before !== cell || columns.x[slot] !== x || columns.y[slot] !== y || columns.heading[slot] !== heading) {
      columns.x[slot] = x;
      columns.y[slot] = y;
      columns.heading[slot] = heading;
      if (before !== cell) touch(before);
      touch(cell);
    }
    speedMps[slot] = of.speedMps ?? Number.NaN;
    receivedAt[slot] = of.receivedAt;
    intervalMs[slot] = (of.expectedIntervalS ?? 0) * 1000;
    shownSource[slot] = of.source;
  }

  function update(of: LiveUpdate): LiveAnswer {
    const answer = (slot: number | null, outcome: LiveOutcome): LiveAnswer => {
      counts[outcome]++;
      return { slot, outcome };
    };
    const slot = claim(of.unit, of.scope);
    if (slot === null) return answer(null, 'full');
    setScope(slot, of.scope);
    const status = of.statusCode ?? statusOfByte(columns.status[slot] as number);
    if (of.lonLat === null) {
      setStatusByte(slot, packStatus(status, freshnessOfByte(columns.status[slot] as number)));
      return answer(slot, 'no-fix');
    }
    const at = believedAt(of.sourceAt, of.receivedAt);
    const fix = bySource(slot, of.source);
    if (at < fix.at) return answer(slot, 'older');
    fix.at = at;
    if (at < (observedAt[slot] as number)) return answer(slot, 'behind');
    observedAt[slot] = at;
    show(slot, of, of.lonLat);
    setStatusByte(slot, packStatus(status, freshnessAt(of.receivedAt, at, intervalMs[slot] as number)));
    return answer(slot, 'shown');
  }

  function remove(slot: number): void {
    if (table.unitOf(slot) === null) return;
    touch(slots.cellOf(slot));
    slots.remove(slot);
    const name = scopeNames[scope[slot] as number] ?? '';
    table.free(slot);
    slotChanges.set(slot, { slot, unit: null, scope: name });
    observedAt[slot] = 0;
    intervalMs[slot] = 0;
    speedMps[slot] = Number.NaN;
    columns.heading[slot] = unknownHeading;
    columns.status[slot] = packStatus(unknownStatusCode, freshnessCode.unknown);
    fixes[slot] = undefined;
    shownSource[slot] = undefined;
  }

  function sweep(now: number): number {
    let changed = 0;
    for (let slot = 0; slot < table.high; slot++) {
      if (slots.cellOf(slot) < 0) continue;
      const byte = columns.status[slot] as number;
      const freshness = freshnessAt(now, observedAt[slot] as number, intervalMs[slot] as number);
      if (setStatusByte(slot, packStatus(statusOfByte(byte), freshness))) changed++;
    }
    return changed;
  }

  function detailOf(slot: number, now: number): UnitDetail {
    const placed = slots.cellOf(slot) >= 0;
    const byte = columns.status[slot] as number;
    const speed = speedMps[slot] as number;
    return {
      slot,
      unit: table.unitOf(slot) ?? '',
      lonLat: placed ? [longitude(slots.x[slot] as number), latitude(slots.y[slot] as number)] : null,
      observedAt: placed ? (observedAt[slot] as number) : null,
      receivedAt: placed ? (receivedAt[slot] as number) : null,
      ageMs: placed ? Math.max(0, now - (observedAt[slot] as number)) : null,
      speedMps: Number.isNaN(speed) ? null : speed,
      source: shownSource[slot] ?? null,
      freshness: freshnessClasses[freshnessOfByte(byte)] ?? 'unknown',
      statusCode: statusOfByte(byte),
    };
  }

  return {
    grid,
    slots,
    columns,
    counts,
    get size() {
      return table.size;
    },
    slotOf: table.slotOf,
    unitOf: table.unitOf,
    scopes: scope,
    scopeName: (number) => scopeNames[number] ?? '',
    register(unit, of) {
      const slot = claim(unit, of.scope);
      if (slot === null) return null;
      setScope(slot, of.scope);
      setStatusByte(slot, packStatus(of.statusCode, freshnessOfByte(columns.status[slot] as number)));
      return slot;
    },
    update,
    setStatus: (slot, statusCode) => {
      setStatusByte(slot, packStatus(statusCode, freshnessOfByte(columns.status[slot] as number)));
    },
    setScope,
    remove,
    sweep,
    detail: (of, now) => of.filter((slot) => table.unitOf(slot) !== null).map((slot) => detailOf(slot, now)),
    nearest(lonLat, { count, accept }) {
      const found = { slots: new Uint16Array(count), distances: new Float64Array(count) };
      const at = { x: mercatorX(lonLat[0]), y: mercatorY(lonLat[1]) };
      const n = slots.nearest(at, found, (slot) => {
        const byte = columns.status[slot] as number;
        return !accept || accept(slot, freshnessOfByte(byte), statusOfByte(byte));
      });
      const perWorld = metresPerWorld(lonLat[1]);
      return Array.from({ length: n }, (_, k) => {
        const slot = found.slots[k] as number;
        return {
          slot,
          unit: table.unitOf(slot) ?? '',
          distanceM: Math.sqrt(found.distances[k] as number) * perWorld,
        };
      });
    },
    takeDirty() {
      const taken = dirtyCells;
      dirtyCells = [];
      for (const cell of taken) {
        dirty[cell] = 0;
        versions[cell] = (versions[cell] as number) + 1;
      }
      return taken;
    },
    cellVersion: (cell) => versions[cell] as number,
    takeSlotChanges() {
      const taken = [...slotChanges.values()];
      slotChanges = new Map();
      return taken;
    },
    slotTable() {
      const all: SlotChange[] = [];
      for (let slot = 0; slot < table.high; slot++) {
        const unit = table.unitOf(slot);
        if (unit !== null) all.push({ slot, unit, scope: scopeNames[scope[slot] as number] ?? '' });
      }
      return all;
    },
  };
}
