/** Every table as Drizzle sees it, for typed queries; a test holds it against the migrated database. */
export * from './counter.ts';
export * from './event-log.ts';
export * from './fusion.ts';
export * from './history.ts';
export * from './intake.ts';
export * from './jurisdiction.ts';
export * from './people.ts';
export * from './projection.ts';
export * from './room-file.ts';
export * from './timer.ts';
