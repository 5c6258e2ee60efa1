import { connectedDepartments } from '@/server/domain/department.ts';
import { departmentName } from '@/server/domain/presence.ts';
import { protocolById } from '@/server/feeds/registry.ts';
import type { Department, DepartmentFeed } from '../contract.ts';

const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const asks = ['http-poll', 'tcp-client'];

/** What the house holds against a department's file; the line is the repair. */
export function departmentFaults({ id, name, stationed, feeds }: Department): string[] {
  const connected = (connectedDepartments as readonly string[]).includes(id);
  const faults = feeds.flatMap((feed) => feedFaults(feed).map((line) => `${feed.id}: ${line}`));
  if (!kebab.test(id)) faults.push('id: lower-case words with dashes, as the file is called');
  if (connected && (name || stationed !== undefined))
    faults.push('name, stationed: the regulation says them of its eleven');
  if (!connected && !name) faults.push("name: an added department needs { 'zh-CN', en }");
  if (name && !departmentName.strict().safeParse(name).success)
    faults.push('name: too long, or empty (zh-CN 60, en 100, short 8 and 24 characters)');
  return faults;
}

function feedFaults(feed: DepartmentFeed): string[] {
  const protocol = protocolById(feed.protocol);
  if (!protocol) return [`protocol: there is no ${feed.protocol} (server/feeds/registry.ts)`];
  const faults: string[] = [];
  if (!kebab.test(feed.id)) faults.push('id: lower-case words with dashes');
  if (!protocol.transports.includes(feed.transport))
    faults.push(`transport: ${protocol.id} speaks ${protocol.transports.join(', ')}`);
  if (feed.kinds.length === 0) faults.push('kinds: it may speak of nothing');
  if (!protocol.options.safeParse(feed.options ?? {}).success)
    faults.push(`options: not those of server/feeds/${protocol.id}`);
  if (asks.includes(feed.transport)) {
    if (feed.listen) faults.push(`listen: null for ${feed.transport}`);
    if (feed.enabled !== (feed.url !== null)) faults.push('enabled: off until an address is named');
  } else if (feed.listen?.host !== '127.0.0.1') faults.push('listen: loopback until an installation opens it');
  return faults;
}
