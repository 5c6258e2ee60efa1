import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { connectedDepartments } from '@/server/domain/department.ts';
import { protocols } from '@/server/feeds/registry.ts';
import { departmentFeeds, departments, feedById } from './registry.ts';
import { departmentFaults } from './testing/department-faults.ts';

const onDisk = readdirSync(fileURLToPath(new URL('.', import.meta.url)))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => name.slice(0, -3))
  .filter((name) => name !== 'contract' && name !== 'registry');

describe('registry of departments', () => {
  it('lists exactly the departments that have a file, each under its own name', () => {
    expect(departments.map(({ id }) => id).sort()).toEqual(onDisk.sort());
  });

  it('has every department that the regulation connects', () => {
    const ids = departments.map(({ id }) => id);
    expect(connectedDepartments.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('names each by its id, and an added one in both languages', () => {
    for (const of of departments) expect(departmentFaults(of), of.id).toEqual([]);
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

  it('binds loopback, and every feed listens, is polled or connected to', () => {
    const asks = ['http-poll', 'tcp-client'];
    for (const { feed } of departmentFeeds) {
      if (asks.includes(feed.transport)) expect(feed.listen, feed.id).toBeNull();
      else expect(feed.listen?.host, feed.id).toBe('127.0.0.1');
    }
  });

  it('shares a port only where one listener serves several feeds', () => {
    const shared = ['http-push', 'mqtt'];
    const taken = new Map<string, string>();
    for (const { feed } of departmentFeeds) {
      if (!feed.listen) continue;
      const at = `${feed.transport === 'udp' ? 'udp' : 'tcp'} ${feed.listen.port}`;
      const by = shared.includes(feed.transport) ? feed.transport : feed.id;
      expect(taken.get(at) ?? by, `${feed.id} at ${at}`).toBe(by);
      taken.set(at, by);
    }
  });

  it('states only options that its protocol knows', () => {
    for (const { feed } of departmentFeeds) {
      const read = protocols.find(({ id }) => id === feed.protocol)?.options.safeParse(feed.options ?? {});
      expect(read?.success, feed.id).toBe(true);
    }
  });

  it('asks nobody until an address is named', () => {
    for (const { feed } of departmentFeeds)
      if (feed.transport === 'http-poll' || feed.transport === 'tcp-client')
        expect(feed.enabled).toBe(feed.url !== null);
  });
});
