import { cap } from './cap/protocol.ts';
import type { Protocol } from './contract.ts';
import { jt808 } from './jt808/jt808.ts';
import { push } from './push/protocol.ts';

/** Every protocol that can be read. A new one is its folder, one import and one entry here. */
export const protocols: readonly Protocol[] = [jt808, cap, push];

export const protocolById = (id: string): Protocol | null => protocols.find((protocol) => protocol.id === id) ?? null;
