import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { protocolById, protocols } from './registry.ts';

const folders = readdirSync(import.meta.dirname).filter(
  (name) => name !== 'transport' && name !== 'testing' && statSync(join(import.meta.dirname, name)).isDirectory(),
);

describe('registry', () => {
  it('holds every protocol folder once, under its own name', () => {
    expect(protocols.map((protocol) => protocol.id).sort()).toEqual([...folders].sort());
    expect(protocolById('jt808')?.id).toBe('jt808');
    expect(protocolById('no-such')).toBeNull();
  });

  it.each(protocols.map((protocol) => [protocol.id, protocol] as const))(
    '%s can be used without options and is documented',
    (id, protocol) => {
      expect(protocol.options.safeParse({}).success).toBe(true);
      expect(protocol.maxFrameBytes).toBeGreaterThan(0);
      expect(existsSync(join(import.meta.dirname, id, 'README.md'))).toBe(true);
    },
  );

  it.each(protocols.map((protocol) => [protocol.id, protocol] as const))(
    '%s survives bytes of nobody',
    (_, protocol) => {
      const rubbish = [
        new Uint8Array(0),
        Uint8Array.of(0),
        new Uint8Array(5000).fill(0xff),
        new TextEncoder().encode('{"a":'),
      ];
      for (const bytes of rubbish) {
        expect(() => protocol.frame(bytes)).not.toThrow();
        expect(() => protocol.decode(bytes)).not.toThrow();
      }
    },
  );
});
