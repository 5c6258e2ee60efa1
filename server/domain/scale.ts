import { z } from 'zod';

/** Three scales, three fields; none is ever shown in another's words (PRODUCT.md §4). */
export const grades = ['I', 'II', 'III', 'IV'] as const;
export const warningColours = ['red', 'orange', 'yellow', 'blue'] as const;
export const responseLevels = [1, 2, 3, 4] as const;
/** The queue's own order; derived, never printed as a legal grade. */
export const priorities = ['P1', 'P2', 'P3', 'P4'] as const;
export const categories = ['natural-disaster', 'accident', 'public-health', 'social-security', 'municipal'] as const;

export const grade = z.enum(grades);
export const response = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export const priority = z.enum(priorities);
export const category = z.enum(categories);

export type Grade = z.infer<typeof grade>;
export type ResponseLevel = z.infer<typeof response>;
export type Priority = z.infer<typeof priority>;
export type Category = z.infer<typeof category>;

const severity = (value: Grade | null) => (value === null ? -1 : grades.length - grades.indexOf(value));

/** A merge never lowers a grade. */
export const higherGrade = (a: Grade | null, b: Grade | null): Grade | null => (severity(a) >= severity(b) ? a : b);

export const higherPriority = (a: Priority, b: Priority): Priority =>
  priorities.indexOf(a) <= priorities.indexOf(b) ? a : b;

/** Social-security events take no statutory grade by default; municipal cases are not statutory at all. */
export const mayBeGraded = (value: Category): boolean => value !== 'municipal' && value !== 'social-security';

const priorityOfGrade: Record<Grade, Priority> = { I: 'P1', II: 'P1', III: 'P2', IV: 'P3' };

/** Grade I and II are always at the top of the queue; an operator may raise a priority above its grade, never below. */
export const priorityFloor = (value: Grade | null): Priority => (value === null ? 'P4' : priorityOfGrade[value]);
