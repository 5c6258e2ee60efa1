import { expect, it, vi } from 'vitest';
import type { Station } from '@/server/domain/station.ts';
import { stationOf } from '@/server/store/testing/records.ts';
import { createStationRegister } from './station-register.ts';

type Sealed = { type: 'station'; id: string; body: Station };

function log(first: readonly Station[]) {
  const sealed: Sealed[] = [];
  const listeners = new Set<(upTo: number) => void>();
  return {
    register: createStationRegister({
      sealedUpTo: () => sealed.length,
      onSealed(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      changes: async (from, upTo) => ({ changes: sealed.slice(from, upTo) }),
      stations: async () => first,
      onError: (error) => {
        throw error;
      },
    }),
    seal(body: Station) {
      sealed.push({ type: 'station', id: body.id, body });
      for (const listener of listeners) listener(sealed.length);
    },
  };
}

it('holds what is registered, follows changes and forgets what is retired', async () => {
  const { register, seal } = log([stationOf('1'), stationOf('2', { state: 'retired' })]);
  const seen = vi.fn();
  register.onChanged(seen);
  await register.start();
  expect(register.size).toBe(1);
  expect(register.byId('sl651/1')?.name).toBe('1');
  seal(stationOf('1', { name: 'renamed' }));
  await vi.waitFor(() => expect(register.stationOf('sl651', '1')?.name).toBe('renamed'));
  seal(stationOf('1', { state: 'retired' }));
  await vi.waitFor(() => expect(register.stationOf('sl651', '1')).toBeNull());
  expect(seen).toHaveBeenCalledTimes(4);
  register.stop();
  seal(stationOf('3'));
  expect(register.size).toBe(0);
});

it('finds the station that a part belongs to, and never a scheme', async () => {
  const panel = stationOf('320100000001', { id: 'gb26875/320100000001', scheme: 'gb26875' });
  const deep = stationOf('a/b', { id: 'ngsi/a/b', scheme: 'ngsi' });
  const odd = stationOf('', { id: 'x/', scheme: 'x' });
  const { register } = log([panel, deep, odd]);
  await register.start();
  expect(register.stationOf('gb26875', '320100000001/1.2.3')).toBe(panel);
  expect(register.stationOf('ngsi', 'a/b')).toBe(deep);
  expect(register.stationOf('ngsi', 'a/b/c/d')).toBe(deep);
  expect(register.stationOf('ngsi', 'a')).toBeNull();
  expect(register.stationOf('gb26875', '9')).toBeNull();
  expect(register.stationOf('ngsi', 'a/b/1/2/3/4/5')).toBeNull();
  register.stop();
});
