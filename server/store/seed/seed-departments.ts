import { connectedDepartments, stationedDepartments } from '@/server/domain/department.ts';
import { departmentId, seatId } from '@/server/domain/ids.ts';
import type { Department, Seat } from '@/server/domain/presence.ts';
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

export const cityDepartments = (): Department[] =>
  connectedDepartments.map((id) => ({
    id: departmentId.parse(id),
    stationed: isStationed(id),
    seats: isStationed(id) ? seatNames.map((name, index) => vacant(id, name, index)) : [],
  }));

/** The regulation's departments, in every city. Those that are there keep their seats and who sits on them. */
export const seedDepartments = (store: SeedStore): Promise<number> => {
  const departments = cityDepartments();
  return seedOnce(store, { name: 'departments', from: departments }, async (tx) => {
    const held = await tx.findAll(
      'department',
      departments.map((of) => of.id),
    );
    const missing = departments.filter((of) => !held.has(of.id));
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
