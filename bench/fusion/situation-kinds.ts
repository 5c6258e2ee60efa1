import { cityKinds } from './city-kinds.ts';
import type { SituationKind } from './situation-kind.ts';
import { urgentKinds } from './urgent-kinds.ts';

export type { Part, SituationKind } from './situation-kind.ts';
export const situationKinds: readonly SituationKind[] = [...urgentKinds, ...cityKinds];
