import { BlockList, isIP } from 'node:net';
import type { SlaveLinkOptions } from './options.ts';

/** Addresses that mean this machine, or its neighbours on the wire, or nobody: only where they are listed by themselves. */
const near = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  near.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  near.addSubnet(net, bits, 'ipv6');

const isNear = (address: string): boolean => near.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** `address:port` of a socket; an IPv4 address may come dressed as IPv6. */
const addressOf = (peer: string): string => peer.replace(/:\d+$/, '').replace(/^::ffff:(?=\d+\.)/i, '');

/** Why the slave link may not go to the address that a login states, or null where it may. */
export function slaveAddressFault(
  { hosts, ports }: SlaveLinkOptions,
  stated: { readonly host: string; readonly port: number },
  peer: string,
): string | null {
  const { host, port } = stated;
  if (port < 1 || port > 65_535 || (ports.length > 0 ? !ports.includes(port) : port < 1024))
    return `port ${port} is not allowed`;
  if (hosts.includes(host)) return null;
  const shown = JSON.stringify(host.slice(0, 64));
  if (isIP(host) === 0 || !hosts.includes('peer')) return `host ${shown} is not allowed`;
  if (host !== addressOf(peer)) return `host ${shown} is not the address that the login came from`;
  return isNear(host) ? `host ${shown} is this machine or its wire, and is not listed` : null;
}
