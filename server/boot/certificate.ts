import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { generate } from 'selfsigned';
import { writePrivate } from './data-folder.ts';
import { StartRefused } from './start-refused.ts';

export type Certificate = {
  readonly cert: string;
  readonly key: string;
  readonly generated: boolean;
  /** SHA-256, to be compared with what a browser shows. */
  readonly fingerprint: string;
  readonly expiresAt: number;
};

const day = 86_400_000;
/** Browsers take no server certificate that holds for longer than 398 days. */
const heldMs = 390 * day;
const renewedMs = 30 * day;

function describe(cert: string, key: string, generated: boolean): Certificate {
  const read = new X509Certificate(cert);
  const fingerprint = createHash('sha256').update(read.raw).digest('hex').toUpperCase().match(/../g)?.join(':') ?? '';
  return { cert, key, generated, fingerprint, expiresAt: Date.parse(read.validTo) };
}

/** A certificate of the installation's own, checked before anybody connects. */
export function readCertificate(files: { certFile: string; keyFile: string }, now: number): Certificate {
  try {
    const cert = readFileSync(files.certFile, 'utf8');
    const key = readFileSync(files.keyFile, 'utf8');
    createSecureContext({ cert, key });
    const found = describe(cert, key, false);
    if (found.expiresAt < now) throw new Error(`it expired at ${new Date(found.expiresAt).toISOString()}`);
    return found;
  } catch (error) {
    throw new StartRefused(
      `The certificate ${files.certFile} with ${files.keyFile} cannot be used: ${(error as Error).message}`,
      'Mend TLS_CERT and TLS_KEY, or leave both out for a generated certificate.',
    );
  }
}

/** Every name and address by which this machine may be called. */
export function ownNames(further: readonly string[]): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).map(({ address }) => address.split('%')[0] ?? ''),
  );
  return [...new Set(['localhost', hostname().toLowerCase(), '127.0.0.1', '::1', ...further, ...addresses])].filter(
    Boolean,
  );
}

const covers = (cert: string, names: readonly string[]): boolean => {
  const read = new X509Certificate(cert);
  return names.every((name) => (isIP(name) ? read.checkIP(name) : read.checkHost(name)) !== undefined);
};

/** Made by this server for itself, kept in its folder, made anew before it expires or when a name is missing. */
export async function ownCertificate(folder: string, further: readonly string[], now: number): Promise<Certificate> {
  const [certFile, keyFile] = [join(folder, 'tls', 'cert.pem'), join(folder, 'tls', 'key.pem')];
  const wanted = ownNames(further);
  if (existsSync(certFile) && existsSync(keyFile)) {
    const held = describe(readFileSync(certFile, 'utf8'), readFileSync(keyFile, 'utf8'), true);
    // Addresses come and go with networks; only names that somebody asked for are worth a new certificate.
    if (held.expiresAt - now > renewedMs && covers(held.cert, ['localhost', ...further])) return held;
  }
  const made = await generate([{ name: 'commonName', value: 'One Network' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now + heldMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: wanted.map((name) =>
          isIP(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name },
        ),
      },
    ],
  });
  mkdirSync(join(folder, 'tls'), { recursive: true, mode: 0o700 });
  writePrivate(keyFile, made.private);
  writePrivate(certFile, made.cert);
  return describe(made.cert, made.private, true);
}
