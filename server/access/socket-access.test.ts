import { expect, it } from 'vitest';
import type { Actor } from '@/server/domain/role.ts';
import { scopeOf } from '@/server/live/unit-follower.ts';
import type { Access } from './access.ts';
import { socketAccess } from './socket-access.ts';

const actor = (roles: Actor['roles'], of: Partial<Actor> = {}): Actor => ({
  id: 'a',
  name: 'a',
  roles,
  department: null,
  district: null,
  ...of,
});
const socket = socketAccess({} as Access);

it('asks the policy table for scopes as the live picture names them', () => {
  const scope = scopeOf({ department: 'fire', district: '320106' });
  expect(socket.seesScope(actor(['dispatcher']), scope)).toBe(true);
  expect(socket.seesScope(actor(['wall']), scope)).toBe(true);
  expect(socket.seesScope(actor(['data-approver']), scope)).toBe(false);
  expect(socket.seesStation(actor(['information-officer']), scope)).toBe(true);
  expect(socket.seesStation(actor(['data-approver']), scope)).toBe(false);
  expect(socket.seesFeeds(actor(['system-admin']))).toBe(true);
  expect(socket.seesFeeds(actor(['grid-worker']))).toBe(false);
});

it('leaves out at the emit what the actor may not see', () => {
  const body = { id: 's', kind: 'call', department: 'police', place: { district: '320106' }, callers: ['13900000000'] };
  const change = { type: 'signal' as const, id: 's', version: 1, body };
  expect(socket.visible(actor(['dispatcher']), change).body).toEqual(body);
  expect(socket.visible(actor(['verifier']), change).body).toEqual({ ...body, callers: [] });
  expect(socket.visible(actor(['liaison'], { department: 'fire' }), change).body).toBeNull();
  expect(socket.visible(actor(['district-operator'], { district: '320102' }), change).body).toBeNull();
  expect(socket.visible(actor(['wall']), change).body).toBeNull();
});
