import { z } from 'zod';
import { departmentId, seatId } from './ids.ts';
import { who } from './who.ts';

/** Stationing 进驻 (PRODUCT.md §6): a department's seats and who is present on them. */
export const seatStates = ['vacant', 'present', 'away', 'relieved'] as const;

export const seat = z.object({
  id: seatId,
  name: z.string().max(100),
  state: z.enum(seatStates),
  liaison: who.nullable(),
  since: z.number().int().nullable(),
  /** Away until, as said by the liaison. */
  backBy: z.number().int().nullable(),
  note: z.string().max(500).nullable(),
});
export type Seat = z.infer<typeof seat>;

/** What a department is called that the regulation does not list; `short` where a wall has little room. */
export const departmentName = z.object({
  'zh-CN': z.string().min(1).max(60),
  en: z.string().min(1).max(100),
  short: z.object({ 'zh-CN': z.string().min(1).max(8), en: z.string().min(1).max(24) }).optional(),
});
export type DepartmentName = z.infer<typeof departmentName>;

export const department = z.object({
  id: departmentId,
  /** Data of an added one; left out where messages hold it. */
  name: departmentName.optional(),
  stationed: z.boolean(),
  seats: z.array(seat).max(50),
});
export type Department = z.infer<typeof department>;

export const departmentEventKinds = {
  departmentRegistered: z.object({ department }),
  seatTaken: z.object({ seat: seatId, liaison: who, at: z.number().int() }),
  seatAway: z.object({
    seat: seatId,
    at: z.number().int(),
    backBy: z.number().int().nullable(),
    note: z.string().nullable(),
  }),
  seatBack: z.object({ seat: seatId, at: z.number().int() }),
  seatRelieved: z.object({ seat: seatId, liaison: who, relievedBy: who, at: z.number().int() }),
  seatLeft: z.object({ seat: seatId, at: z.number().int(), by: who }),
} as const;

type Content<K extends keyof typeof departmentEventKinds> = z.infer<(typeof departmentEventKinds)[K]>;
export type DepartmentEvent = {
  [K in keyof typeof departmentEventKinds]: { kind: K; content: Content<K> };
}[keyof typeof departmentEventKinds];

const changeSeat = (current: Department, id: string, change: Partial<Seat>): Department => ({
  ...current,
  seats: current.seats.map((held) => (held.id === id ? { ...held, ...change } : held)),
});

export function applyDepartment(current: Department | null, event: DepartmentEvent): Department {
  if (event.kind === 'departmentRegistered') return event.content.department;
  if (!current) throw new Error(`${event.kind} before departmentRegistered`);
  const { content } = event;
  switch (event.kind) {
    case 'seatTaken':
      return changeSeat(current, content.seat, {
        state: 'present',
        liaison: event.content.liaison,
        since: event.content.at,
        backBy: null,
        note: null,
      });
    case 'seatAway':
      return changeSeat(current, content.seat, {
        state: 'away',
        since: event.content.at,
        backBy: event.content.backBy,
        note: event.content.note,
      });
    case 'seatBack':
      return changeSeat(current, content.seat, { state: 'present', since: event.content.at, backBy: null, note: null });
    case 'seatRelieved':
      return changeSeat(current, content.seat, {
        state: 'present',
        liaison: event.content.relievedBy,
        since: event.content.at,
        backBy: null,
        note: null,
      });
    case 'seatLeft':
      return changeSeat(current, content.seat, {
        state: 'vacant',
        liaison: null,
        since: event.content.at,
        backBy: null,
        note: null,
      });
  }
}

/** A department is present when one of its seats is; away counts as not answering. */
export const isPresent = (of: Department): boolean => of.seats.some((held) => held.state === 'present');
