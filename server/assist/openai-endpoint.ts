import { z } from 'zod';
import { modelBrief, modelProposal } from '@/server/domain/assist-check.ts';
import type { AssistModel, ModelFault } from './assist-model.ts';
import { briefMessages, type Message, proposeMessages } from './prompts.ts';
import { readAnswer } from './read-answer.ts';

export type EndpointOptions = {
  readonly url: string;
  readonly key: string | null;
  readonly model: string;
  readonly timeoutMs: number;
  readonly briefTimeoutMs: number;
};

const mostBytes = 512 * 1024;
const proposalTokens = 600;
const briefTokens = 2_400;

/** The shape as OpenAI's strict mode and the servers that copy it take it: every key required, no other allowed. */
const jsonSchemaOf = (shape: z.ZodType): Record<string, unknown> => {
  const { $schema: _, ...schema } = z.toJSONSchema(shape) as Record<string, unknown>;
  return schema;
};
type Task = { readonly name: string; readonly maxTokens: number; readonly timeoutMs: number };

const completionsAt = (url: string): string => {
  const at = new URL(url);
  const path = at.pathname.replace(/\/+$/, '');
  at.pathname = path.endsWith('/chat/completions') ? path : `${path}/chat/completions`;
  return at.href;
};

/** Any OpenAI-compatible endpoint: chat completions, one object of a strict schema, no tools, no stream; bounded in time and size. */
export function createOpenAiEndpoint(options: EndpointOptions): AssistModel {
  const url = completionsAt(options.url);
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(options.key ? { authorization: `Bearer ${options.key}` } : {}),
  };
  /** Some servers know no schema; the answer is checked here either way. */
  let strict = true;

  const post = (messages: readonly Message[], task: Task, shape: z.ZodType, signal: AbortSignal): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers,
      redirect: 'error',
      signal,
      body: JSON.stringify({
        model: options.model,
        messages,
        temperature: 0,
        max_tokens: task.maxTokens,
        stream: false,
        ...(strict
          ? {
              response_format: {
                type: 'json_schema',
                json_schema: { name: task.name, strict: true, schema: jsonSchemaOf(shape) },
              },
            }
          : {}),
      }),
    });

  async function ask<T extends object>(
    messages: readonly Message[],
    task: Task,
    { shape, signal }: { shape: z.ZodType<T>; signal: AbortSignal },
  ): Promise<T | ModelFault> {
    const deadline = AbortSignal.timeout(task.timeoutMs);
    const until = AbortSignal.any([deadline, signal]);
    try {
      let answer = await post(messages, task, shape, until);
      if (strict && (answer.status === 400 || answer.status === 422)) {
        await answer.body?.cancel();
        strict = false;
        answer = await post(messages, task, shape, until);
        // It was not the schema that it minded.
        if (!answer.ok) strict = true;
      }
      if (!answer.ok) {
        await answer.body?.cancel();
        return { fault: 'failed', detail: `HTTP ${answer.status}` };
      }
      const body = await bounded(answer);
      return body === null ? { fault: 'wrong', detail: 'the answer is too long' } : readAnswer(body, shape);
    } catch {
      if (signal.aborted) return { fault: 'superseded', detail: 'nobody waits for it any more' };
      return deadline.aborted
        ? { fault: 'slow', detail: `no answer within ${task.timeoutMs} ms` }
        : { fault: 'failed', detail: 'it cannot be reached' };
    }
  }

  const proposal: Task = { name: 'proposal', maxTokens: proposalTokens, timeoutMs: options.timeoutMs };
  const brief: Task = { name: 'brief', maxTokens: briefTokens, timeoutMs: options.briefTimeoutMs };
  return {
    name: options.model,
    propose: (question, signal) => ask(proposeMessages(question), proposal, { shape: modelProposal, signal }),
    brief: (question, signal) => ask(briefMessages(question), brief, { shape: modelBrief, signal }),
  };
}

async function bounded(answer: Response): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > mostBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
