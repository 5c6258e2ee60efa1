import { describe, expect, it } from 'vitest';
import { commonHeaders, contentPolicy } from './security-headers.ts';

const directives = (policy: string) => new Map(policy.split('; ').map((line) => [line.split(' ')[0] ?? '', line]));
const plain = { tls: false, mapbox: false, dev: false };

describe('content policy', () => {
  it('names no host but our own', () => {
    const policy = contentPolicy('abc', 'localhost:3000', plain);
    expect(policy).not.toMatch(/https?:/);
    expect(policy).not.toContain('unsafe-eval');
    const of = directives(policy);
    expect(of.get('default-src')).toBe("default-src 'none'");
    expect(of.get('script-src')).toBe("script-src 'self' 'nonce-abc'");
    expect(of.get('connect-src')).toBe("connect-src 'self' ws://localhost:3000");
    expect(of.get('worker-src')).toBe("worker-src 'self' blob:");
    expect(of.get('frame-ancestors')).toBe("frame-ancestors 'none'");
  });

  it('speaks wss over TLS, and opens to Mapbox only with its token', () => {
    const of = directives(contentPolicy('abc', 'city.example', { ...plain, tls: true, mapbox: true }));
    expect(of.get('connect-src')).toBe(
      "connect-src 'self' wss://city.example https://api.mapbox.com https://events.mapbox.com https://*.tiles.mapbox.com",
    );
    expect(of.get('script-src')).not.toContain('mapbox');
  });

  it('takes no directive from a host header', () => {
    for (const host of ["x; script-src 'unsafe-inline'", 'a b', 'x,y', "'", undefined])
      expect(contentPolicy('abc', host, plain)).toContain("connect-src 'self'; worker-src");
  });
});

describe('headers on every answer', () => {
  it('promise TLS for ever only with a certificate that browsers trust', () => {
    expect(commonHeaders({ tls: true, generatedCertificate: false })['strict-transport-security']).toMatch(
      /max-age=\d{8}/,
    );
    expect(commonHeaders({ tls: true, generatedCertificate: true })['strict-transport-security']).toBeUndefined();
    expect(commonHeaders({ tls: false, generatedCertificate: false })['strict-transport-security']).toBeUndefined();
    expect(commonHeaders({ tls: false, generatedCertificate: false })).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    });
  });
});
