import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { connectedDepartments } from '@/server/domain/department.ts';
import { protocols } from '@/server/feeds/registry.ts';
import { departmentFeeds, departments, feedById } from './registry.ts';

const onDisk = readdirSync(fileURLToPath(new URL('.', import.meta.url)))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => name.slice(0, -3))
  .filter((name) => name !== 'contract' && name !== 'registry');

describe('registry of departments', () => {
  it('lists exactly the departments that have a file, each under its own name', () => {
    expect(departments.map(({ id }) => id).sort()).toEqual(onDisk.sort());
  });

  it('knows only departments the regulation connects', () => {
    for (const { id } of departments) expect(connectedDepartments).toContain(id);
  });

  it('gives every feed an id of its own', () => {
    const ids = departmentFeeds.map(({ feed }) => feed.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(feedById('police-110')?.department.id).toBe('police');
    expect(feedById('nobody')).toBeNull();
  });

  it('names protocols that exist and transports they speak', () => {
    for (const { feed } of departmentFeeds) {
      const protocol = protocols.find(({ id }) => id === feed.protocol);
      expect(protocol?.transports, feed.id).toContain(feed.transport);
    }
  });

  it('binds loopback, and every address either listens or is polled', () => {
    for (const { feed } of departmentFeeds) {
      if (feed.transport === 'http-poll') expect(feed.listen, feed.id).toBeNull();
      else expect(feed.listen?.host, feed.id).toBe('127.0.0.1');
    }
  });

  it('lets no two protocols of different transports share a port', () => {
    const byPort = new Map<number, Set<string>>();
    for (const { feed } of departmentFeeds) {
      if (!feed.listen) continue;
      const transports = byPort.get(feed.listen.port) ?? new Set();
      byPort.set(feed.listen.port, transports.add(feed.transport));
    }
    for (const transports of byPort.values()) expect(transports.size).toBe(1);
  });

  it('polls nothing until an address is named', () => {
    for (const { feed } of departmentFeeds)
      if (feed.transport === 'http-poll') expect(feed.enabled).toBe(feed.url !== null);
  });
});
