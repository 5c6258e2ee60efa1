import { type Assist, createAssist } from './assist.ts';
import { createAssistGate, type GateParts } from './assist-gate.ts';
import { createOpenAiEndpoint, type EndpointOptions } from './openai-endpoint.ts';

/** The helper of this installation: with the model that the configuration names, else with the baseline alone. */
export const openAssist = (of: {
  readonly endpoint: EndpointOptions | null;
  readonly now: () => number;
  readonly log: GateParts['log'];
}): Assist =>
  createAssist(
    createAssistGate({
      model: of.endpoint && createOpenAiEndpoint(of.endpoint),
      origin: of.endpoint && new URL(of.endpoint.url).origin,
      now: of.now,
      log: of.log,
    }),
  );
