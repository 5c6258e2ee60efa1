import { describe, expect, it } from 'vitest';
import { readUntil, unreadMentions } from './mentions.ts';

const who = (id: string) => ({ id, name: id.toUpperCase() });
const note = (at: number, mentions: string[], by = 'b') => ({ text: `t${at}`, mentions, files: [], by: who(by), at });
const me = { id: 'a', roles: ['liaison'], department: 'water' } as const;
const incident = (id: string, ...notes: ReturnType<typeof note>[]) => ({ id, title: id, number: null, notes }) as never;

describe('mentions of me', () => {
  it('are by name, department and role, of others, newest first', () => {
    const all = [
      incident('i', note(1, ['a']), note(2, ['c']), note(3, ['department/water']), note(4, ['a'], 'a')),
      incident('j', note(5, ['role/liaison']), note(6, ['role/commander', 'department/fire'])),
    ];
    expect(unreadMentions(all, me, {}).map((one) => one.at)).toEqual([5, 3, 1]);
    expect(unreadMentions(all, me, { i: 1, j: 5 }).map((one) => one.at)).toEqual([3]);
  });

  it('are read forward only', () => {
    const seen = readUntil({ i: 5 }, 'i', 4);
    expect(seen).toEqual({ i: 5 });
    expect(readUntil(seen, 'j', 9)).toEqual({ i: 5, j: 9 });
  });
});
