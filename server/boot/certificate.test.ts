import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ownCertificate, readCertificate } from './certificate.ts';

const scratch = mkdtempSync(join(tmpdir(), 'one-network-tls-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const day = 86_400_000;

describe('certificate', () => {
  it('is made for every name it may be called by, and kept', async () => {
    const now = Date.now();
    const made = await ownCertificate(scratch, ['city.example', '10.1.2.3'], now);
    const read = new X509Certificate(made.cert);
    for (const name of ['localhost', 'city.example']) expect(read.checkHost(name)).toBe(name);
    for (const ip of ['127.0.0.1', '10.1.2.3']) expect(read.checkIP(ip)).toBe(ip);
    expect(made.fingerprint).toBe(read.fingerprint256);
    expect(statSync(join(scratch, 'tls/key.pem')).mode & 0o777).toBe(0o600);
    expect(made.expiresAt - now).toBeLessThan(398 * day);

    const again = await ownCertificate(scratch, ['city.example'], now + 300 * day);
    expect(again.fingerprint).toBe(made.fingerprint);
    const renewed = await ownCertificate(scratch, ['city.example'], now + 370 * day);
    expect(renewed.fingerprint).not.toBe(made.fingerprint);
    const renamed = await ownCertificate(scratch, ['other.example'], now + 371 * day);
    expect(new X509Certificate(renamed.cert).checkHost('other.example')).toBe('other.example');
  });

  it('of one’s own is checked before anybody connects', async () => {
    const made = await ownCertificate(join(scratch, 'second'), [], Date.now());
    const [certFile, keyFile] = [join(scratch, 'second/tls/cert.pem'), join(scratch, 'second/tls/key.pem')];
    expect(readCertificate({ certFile, keyFile }, Date.now())).toMatchObject({
      generated: false,
      fingerprint: made.fingerprint,
    });
    expect(() => readCertificate({ certFile, keyFile }, Date.now() + 500 * day)).toThrow('expired');
    expect(() => readCertificate({ certFile, keyFile: join(scratch, 'tls/key.pem') }, Date.now())).toThrow(
      'cannot be used',
    );
    writeFileSync(certFile, 'no certificate');
    expect(() => readCertificate({ certFile, keyFile }, Date.now())).toThrow('cannot be used');
  });
});
