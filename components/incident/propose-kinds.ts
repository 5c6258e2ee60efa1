import { rankKinds } from '@/server/domain/assist-kinds.ts';

/** Kinds that the told story names, best first. A proposal only: the operator's choice is never overwritten. */
export const proposeKinds = (story: string): string[] => rankKinds(story);
