import { z } from 'zod';
import type { ModelFault } from './assist-model.ts';

const completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          content: z.string().nullish(),
          refusal: z.string().nullish(),
          tool_calls: z.array(z.unknown()).nullish(),
          function_call: z.unknown().nullish(),
        }),
      }),
    )
    .min(1),
});

const wrong = (detail: string): ModelFault => ({ fault: 'wrong', detail });

/** Servers differ: some hand on what a model thought before it answered, some fence the object. Anything else around it is no answer. */
function objectIn(content: string): unknown {
  const said = content.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim();
  const fenced = /^```(?:json)?\s*\n([\s\S]*)\n```$/.exec(said);
  return JSON.parse(fenced?.[1] ?? said);
}

function parsed(text: string): unknown {
  try {
    return objectIn(text);
  } catch {
    return undefined; // told by the caller as an answer of another shape
  }
}

/** From the body of a chat completion to what was asked for. A model that wants to call a tool has misunderstood what it is. */
export function readAnswer<T extends object>(body: string, shape: z.ZodType<T>): T | ModelFault {
  const outer = completion.safeParse(parsed(body));
  if (!outer.success) return wrong('not a chat completion');
  const [{ message, finish_reason: end }] = outer.data.choices as [z.infer<typeof completion>['choices'][number]];
  if (message.tool_calls?.length || message.function_call) return wrong('it asked for a tool');
  if (message.refusal) return wrong('it refused');
  if (end === 'length') return wrong('it was cut off');
  const inner = shape.safeParse(parsed(message.content ?? ''));
  return inner.success ? inner.data : wrong('an answer of another shape');
}
