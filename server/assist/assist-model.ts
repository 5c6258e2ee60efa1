import type { ModelBrief, ModelProposal } from '@/server/domain/assist-check.ts';
import type { LogLineForModel } from '@/server/domain/assist-log.ts';

/** An open incident as a model sees it: a number, never an id that it could carry elsewhere. */
export type ShownIncident = {
  readonly n: number;
  readonly kind: string | null;
  readonly title: string;
  readonly place: string;
  readonly minutesAgo: number;
};
export type ProposalQuestion = { readonly text: string; readonly open: readonly ShownIncident[] };
export type BriefQuestion = { readonly language: 'zh-CN' | 'en'; readonly log: readonly LogLineForModel[] };

export type ModelFault = {
  readonly fault: 'slow' | 'failed' | 'wrong' | 'superseded';
  /** For the operator of the installation: never words of the answer, never the key. */
  readonly detail: string;
};
export const isFault = (of: object): of is ModelFault => 'fault' in of;

/**
 * The one port to a model. Text goes in, proposals come out: there is no tool, no command and no actor in it, so that nothing a model says
 * can be anything but words to be checked.
 */
export type AssistModel = {
  readonly name: string;
  propose(question: ProposalQuestion, signal: AbortSignal): Promise<ModelProposal | ModelFault>;
  brief(question: BriefQuestion, signal: AbortSignal): Promise<ModelBrief | ModelFault>;
};
