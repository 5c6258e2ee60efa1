/** What a page of ours may load and reach. Nothing leaves the origin unless a Mapbox token was given (DESIGN.md laws 11, 13). */
export type PagePolicy = { readonly tls: boolean; readonly mapbox: boolean; readonly dev: boolean };

const mapboxHosts = ['https://api.mapbox.com', 'https://events.mapbox.com', 'https://*.tiles.mapbox.com'];

/** A host as it may stand in a policy: anything else could end a directive. */
const plainHost = (host: string | undefined): string | null => (host && /^[\w.:[\]-]{1,255}$/.test(host) ? host : null);

export function contentPolicy(nonce: string, host: string | undefined, of: PagePolicy): string {
  const outside = of.mapbox ? mapboxHosts : [];
  const own = plainHost(host);
  // 'self' covers the socket in today's browsers; older ones want it named.
  const socket = own ? [`${of.tls ? 'wss' : 'ws'}://${own}`] : [];
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, ...(of.dev ? ["'unsafe-eval'"] : [])],
    // Attributes and the style elements of the primitives; no script can come of them.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:', ...outside],
    'font-src': ["'self'"],
    'media-src': ["'self'"],
    'manifest-src': ["'self'"],
    'connect-src': ["'self'", ...socket, ...outside],
    'worker-src': ["'self'", 'blob:'],
    'frame-src': ["'none'"],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'object-src': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}

const twoYearsS = 63_072_000;

/** On every answer, whatever it is. */
export const commonHeaders = (of: {
  readonly tls: boolean;
  readonly generatedCertificate: boolean;
}): Record<string, string> => ({
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-permitted-cross-domain-policies': 'none',
  // With a certificate that browsers warn about, HSTS would take away the way past the warning.
  ...(of.tls && !of.generatedCertificate ? { 'strict-transport-security': `max-age=${twoYearsS}` } : {}),
});
