import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from './secret.ts';

it('gives its text to who asks for it, and to no printer', () => {
  const secret = new Secret('654321');
  expect(secret.reveal()).toBe('654321');
  const holder = { name: 'x', secret };
  expect(JSON.stringify(holder)).toBe('{"name":"x"}');
  const printed = [inspect(holder, { depth: null, showHidden: true }), String(secret), ...Object.values(secret)];
  expect(printed.join()).not.toContain('654321');
  expect(JSON.stringify(structuredClone({ ...secret }))).toBe('{}');
});
