import { describe, expect, it } from 'vitest';
import { createComposition } from './composition.ts';
import { type Binding, chordOf, findBinding } from './keyboard.ts';

const press = (
  key: string,
  more: Partial<{ ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean }> = {},
) => chordOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
const binding = (chord: string, more: Partial<Binding> = {}): Binding => ({
  chord,
  label: chord,
  group: 'g',
  run: () => undefined,
  ...more,
});
const calm = { composing: false, inField: false, dialogOpen: false };

describe('chords', () => {
  it('name keys as they are printed', () => {
    expect([
      press('a'),
      press('A', { shiftKey: true }),
      press('?', { shiftKey: true }),
      press('？', { shiftKey: true }),
    ]).toEqual(['a', 'shift+a', '?', '?']);
    expect([
      press('Enter', { ctrlKey: true }),
      press('Enter', { metaKey: true }),
      press(' '),
      press('F2'),
      press('1'),
    ]).toEqual(['ctrl+enter', 'ctrl+enter', 'space', 'f2', '1']);
  });
});

describe('which binding fires', () => {
  it('none while an input method is composing, whatever the binding allows', () => {
    expect(
      findBinding([binding('a'), binding('ctrl+enter', { inField: true })], 'a', { ...calm, composing: true }),
    ).toBeNull();
    expect(
      findBinding([binding('ctrl+enter', { inField: true })], 'ctrl+enter', {
        ...calm,
        composing: true,
        inField: true,
      }),
    ).toBeNull();
  });

  it('in a field only what is allowed there', () => {
    const bindings = [binding('a'), binding('ctrl+enter', { inField: true })];
    expect(findBinding(bindings, 'a', { ...calm, inField: true })).toBeNull();
    expect(findBinding(bindings, 'ctrl+enter', { ...calm, inField: true })).not.toBeNull();
  });

  it('the page rests while a dialog is open', () => {
    const bindings = [binding('a'), binding('b', { inDialog: true })];
    expect(findBinding(bindings, 'a', { ...calm, dialogOpen: true })).toBeNull();
    expect(findBinding(bindings, 'b', { ...calm, dialogOpen: true })).not.toBeNull();
    expect(findBinding(bindings, 'b', calm)).toBeNull();
  });

  it('the innermost enabled one', () => {
    const outer = binding('a');
    const inner = binding('a', { label: 'inner' });
    expect(findBinding([outer, inner], 'a', calm)).toBe(inner);
    expect(findBinding([outer, { ...inner, enabled: false }], 'a', calm)).toBe(outer);
  });
});

describe('composition', () => {
  it('covers every sign of an input method', () => {
    const turn: (() => void)[] = [];
    const composition = createComposition((run) => turn.push(run));
    const plain = { isComposing: false, keyCode: 65 };
    expect(composition.covers(plain)).toBe(false);
    expect(composition.covers({ isComposing: true, keyCode: 65 })).toBe(true);
    expect(composition.covers({ isComposing: false, keyCode: 229 })).toBe(true);
    composition.start();
    expect(composition.covers(plain)).toBe(true);
    composition.end();
    // The Enter that took the word comes in the same turn, after compositionend and looking like any other.
    expect(composition.covers({ isComposing: false, keyCode: 13 })).toBe(true);
    for (const run of turn) run();
    expect(composition.covers({ isComposing: false, keyCode: 13 })).toBe(false);
    expect(composition.covers(plain)).toBe(false);
  });
});
