import { expect, it } from 'vitest';
import { incidentCommand } from './incident-command.ts';
import { decideIncident } from './incident-decide.ts';
import { incidentEventKinds } from './incident-event.ts';
import { context, filed, operator } from './testing/samples.ts';

const noted = (drafted?: unknown) => {
  const command = incidentCommand.parse({ move: 'note', text: '三楼冒黑烟', ...(drafted ? { drafted } : {}) });
  const decided = decideIncident(filed(), command, context(operator));
  if (!Array.isArray(decided)) throw new Error(JSON.stringify(decided));
  return incidentEventKinds.noteAdded.parse(decided.find((event) => event.kind === 'noteAdded')?.content);
};

it('a machine’s words keep their mark in the record, beside the person who took them over', () => {
  const note = noted({ by: 'model', model: 'qwen3-8b' });
  expect([note.drafted, note.by.id]).toEqual([{ by: 'model', model: 'qwen3-8b' }, operator.id]);
  expect(noted()).not.toHaveProperty('drafted');
  expect(() => noted({ by: 'nobody', model: null })).toThrow();
});
