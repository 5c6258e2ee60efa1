import { z } from 'zod';

/** Ids are made by clients or by the context, never inside the domain. */
const id = <Name extends string>(_name: Name) => z.string().min(1).max(128).brand<Name>();

export const signalId = id('signal');
export const incidentId = id('incident');
export const orderId = id('order');
export const assignmentId = id('assignment');
export const unitId = id('unit');
export const departmentId = id('department');
export const seatId = id('seat');
export const accountId = id('account');

export type SignalId = z.infer<typeof signalId>;
export type IncidentId = z.infer<typeof incidentId>;
export type OrderId = z.infer<typeof orderId>;
export type AssignmentId = z.infer<typeof assignmentId>;
export type UnitId = z.infer<typeof unitId>;
export type DepartmentId = z.infer<typeof departmentId>;
export type SeatId = z.infer<typeof seatId>;
export type AccountId = z.infer<typeof accountId>;
