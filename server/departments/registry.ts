import type { Department, DepartmentFeed } from './contract.ts';
import { cultureTourism } from './culture-tourism.ts';
import { ecology } from './ecology.ts';
import { emergencyManagement } from './emergency-management.ts';
import { fire } from './fire.ts';
import { health } from './health.ts';
import { marketRegulation } from './market-regulation.ts';
import { meteorology } from './meteorology.ts';
import { police } from './police.ts';
import { transport } from './transport.ts';
import { urbanManagement } from './urban-management.ts';
import { water } from './water.ts';

/** Every department that sends. A new one is its file, one import and one entry here (docs/add-a-department.md). */
export const departments: readonly Department[] = [
  police,
  ecology,
  transport,
  water,
  urbanManagement,
  health,
  emergencyManagement,
  marketRegulation,
  meteorology,
  fire,
  cultureTourism,
];

/** Those that this city connects beside the regulation's eleven. */
export const addedDepartments = departments.flatMap(({ id, name, stationed = false }) =>
  name ? [{ id, name, stationed }] : [],
);

export type RegisteredFeed = { readonly department: Department; readonly feed: DepartmentFeed };

export const departmentFeeds: readonly RegisteredFeed[] = departments.flatMap((department) =>
  department.feeds.map((feed) => ({ department, feed })),
);

export const feedById = (id: string): RegisteredFeed | null =>
  departmentFeeds.find(({ feed }) => feed.id === id) ?? null;
