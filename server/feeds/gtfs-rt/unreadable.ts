import { type Refusal, type RefusalReason, refuse } from '../refusal.ts';

/** Thrown between the readers of this folder only; `attempt` turns it into a refusal before anybody else sees it. */
export class Unreadable extends Error {
  constructor(
    readonly reason: RefusalReason,
    message: string,
    readonly at: number | null = null,
  ) {
    super(message);
  }
}

export function attempt<T>(work: () => T, where = ''): T | Refusal {
  try {
    return work();
  } catch (problem) {
    if (problem instanceof Unreadable) return refuse(problem.reason, where + problem.message, problem.at);
    throw problem;
  }
}
