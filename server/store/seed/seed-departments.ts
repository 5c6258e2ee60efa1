import { isDeepStrictEqual } from 'node:util';
import { connectedDepartments, stationedDepartments } from '@/server/domain/department.ts';
import { departmentId, seatId } from '@/server/domain/ids.ts';
import type { Department, DepartmentName, Seat } from '@/server/domain/presence.ts';
import { type SeedStore, seedOnce } from './apply.ts';

/** Seats of each stationed department until the city says otherwise: one for the liaison, one for the relief. */
const seatNames = ['一席', '二席'];

const vacant = (department: string, name: string, index: number): Seat => ({
  id: seatId.parse(`${department}-${index + 1}`),
  name,
  state: 'vacant',
  liaison: null,
  since: null,
  backBy: null,
  note: null,
});

const isStationed = (id: string): boolean => (stationedDepartments as readonly string[]).includes(id);

/** One that this city connects beside those that the regulation lists. */
export type AddedDepartment = { readonly id: string; readonly name: DepartmentName; readonly stationed: boolean };

const seatsOf = (id: string): Seat[] => seatNames.map((name, index) => vacant(id, name, index));

export const cityDepartments = (added: readonly AddedDepartment[] = []): Department[] => [
  ...connectedDepartments.map((id) => ({
    id: departmentId.parse(id),
    stationed: isStationed(id),
    seats: isStationed(id) ? seatsOf(id) : [],
  })),
  ...added.map(({ id, name, stationed }) => ({
    id: departmentId.parse(id),
    name,
    stationed,
    seats: stationed ? seatsOf(id) : [],
  })),
];

/**
 * The regulation's departments in every city, and those added to it. Those that are there keep their seats and who sits on them; an added one
 * that is called differently now, or came to be stationed, is registered anew with them.
 */
export const seedDepartments = (store: SeedStore, added: readonly AddedDepartment[] = []): Promise<number> => {
  const departments = cityDepartments(added);
  return seedOnce(store, { name: 'departments', from: departments }, async (tx) => {
    const held = await tx.findAll(
      'department',
      departments.map((of) => of.id),
    );
    const missing = departments.flatMap((of) => {
      const before = held.get(of.id)?.state;
      if (!before) return [of];
      if (!of.name) return [];
      const seats = before.seats.length ? before.seats : of.seats;
      const now = { ...before, name: of.name, stationed: of.stationed, seats };
      return isDeepStrictEqual(now, before) ? [] : [now];
    });
    return {
      events: missing.map((department) => ({
        stream: `department/${department.id}`,
        kind: 'departmentRegistered',
        content: { department },
      })),
      answer: { added: missing.length },
    };
  });
};
