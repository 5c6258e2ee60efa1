import { createHash } from 'node:crypto';
import { authorization, type Challenge, chooseChallenge } from './digest.ts';
import {
  type Alarm,
  alarm,
  type Camera,
  catalog,
  deviceInfo,
  deviceStatus,
  type Fix,
  keepalive,
  mobilePosition,
} from './manscdp.ts';
import { header, methodOf, readSip, type Sip, statusOf, writeOk, writeRequest } from './sip.ts';

export type DeviceSettings = {
  readonly id: string;
  readonly name: string;
  readonly password: string;
  readonly cameras: readonly Camera[];
  /** Code of the platform it registers with; the first ten digits are the domain. */
  readonly platform: string;
  /** Where it can be heard, `address:port`. */
  readonly own: string;
  readonly line?: 'UDP' | 'TCP';
  readonly edition?: 2016 | 2022;
  readonly expiresS?: number;
};

export type Phase = 'idle' | 'registering' | 'answering' | 'registered' | 'refused' | 'leaving';
export type Heard = { readonly send: readonly Buffer[]; readonly status: number | null };

/**
 * A recorder with its cameras, as a pure machine: what to send comes out, what was heard goes in. GB/T 28181-2016 §9.1 (registration), §9.6 (state),
 * §9.5 (catalogue), §9.4 (alarm), §9.11 (positions).
 */
export function device(settings: DeviceSettings) {
  const { id, platform, own, line = 'UDP', edition = 2016, expiresS = 3600 } = settings;
  const domain = platform.slice(0, 10);
  const [self, server] = [`sip:${id}@${domain}`, `sip:${platform}@${domain}`];
  let phase: Phase = 'idle';
  let sequence = 0;
  let serial = 0;
  let asked = 0;
  let challenge: Challenge | null = null;
  let count = 0;
  let dateSaid: string | null = null;
  let expires = expiresS;

  const tokenOf = (of: string) => createHash('sha256').update(`${id}/${of}`).digest('hex').slice(0, 20);
  const registerCall = tokenOf('register');

  function register(withAnswer: boolean): Buffer {
    sequence += 1;
    const credentials =
      withAnswer && challenge
        ? [
            `Authorization: ${authorization(challenge, { user: id, password: settings.password, method: 'REGISTER', uri: server, count: ++count, clientNonce: tokenOf(`cnonce ${sequence}`) })}`,
          ]
        : [];
    return writeRequest({
      ...{ method: 'REGISTER', uri: server, from: self, to: self, callId: registerCall, sequence, own, line },
      branch: tokenOf(`branch ${sequence}`),
      more: [
        `Contact: <sip:${id}@${own}>`,
        `Expires: ${expires}`,
        ...(edition === 2022 ? ['X-GB-Ver: 3.0'] : []),
        ...credentials,
      ],
    });
  }

  function say(body: Buffer, { method = 'MESSAGE', more = [] as readonly string[] } = {}): Buffer {
    const token = tokenOf(`message ${++asked}`);
    return writeRequest({
      method,
      uri: server,
      from: self,
      to: server,
      callId: token,
      sequence: 20,
      branch: token,
      own,
      line,
      more,
      body,
    });
  }

  function answered(sip: Sip): readonly Buffer[] {
    const status = statusOf(sip);
    if (!(header(sip, 'CSeq') ?? '').endsWith('REGISTER')) return [];
    if (
      status === 401 &&
      (phase === 'registering' || phase === 'leaving' || /stale=true/i.test(header(sip, 'WWW-Authenticate') ?? ''))
    ) {
      challenge = chooseChallenge(sip.headers.get('www-authenticate') ?? []);
      count = 0;
      if (!challenge) {
        phase = 'refused';
        return [];
      }
      if (phase !== 'leaving') phase = 'answering';
      return [register(true)];
    }
    if (status === 200) {
      phase = phase === 'leaving' ? 'idle' : 'registered';
      dateSaid = header(sip, 'Date');
    } else if (status !== null && status >= 400) phase = 'refused';
    return [];
  }

  function queried(sip: Sip, nowMs: number): readonly Buffer[] {
    const ok = writeOk(sip, tokenOf('tag'));
    const text = sip.body.toString('latin1');
    const command = /<CmdType>\s*(\w+)\s*</.exec(text)?.[1];
    const of = { sn: /<SN>\s*(\w+)\s*</.exec(text)?.[1] ?? 0, deviceId: id };
    if (!/<Query>/.test(text) || methodOf(sip) !== 'MESSAGE') return [ok];
    if (command === 'Catalog') return [ok, ...catalog(of, settings.cameras).map((body) => say(body))];
    if (command === 'DeviceStatus') return [ok, say(deviceStatus(of, true, nowMs))];
    if (command === 'DeviceInfo') return [ok, say(deviceInfo(of, settings.name, settings.cameras.length))];
    return [ok];
  }

  return {
    phase: (): Phase => phase,
    /** Date of the last registration, by which a device sets its clock. */
    platformDate: () => dateSaid,
    start(): readonly Buffer[] {
      phase = 'registering';
      expires = expiresS;
      return [register(false)];
    },
    leave(): readonly Buffer[] {
      phase = 'leaving';
      expires = 0;
      return [register(false)];
    },
    received(bytes: Buffer, nowMs: number): Heard {
      const sip = readSip(bytes);
      if (!sip) return { send: [], status: null };
      const status = statusOf(sip);
      return status === null
        ? { send: methodOf(sip) === 'ACK' ? [] : queried(sip, nowMs), status }
        : { send: answered(sip), status };
    },
    keepalive: (faulty: readonly string[] = []): Buffer => say(keepalive({ sn: ++serial, deviceId: id }, faulty)),
    catalog: (): readonly Buffer[] =>
      catalog({ sn: ++serial, deviceId: id }, settings.cameras).map((body) => say(body)),
    alarm: (cameraId: string, what: Alarm): Buffer => say(alarm({ sn: ++serial, deviceId: cameraId }, what)),
    /** As a message, or as a notification of a subscription. */
    position: (cameraId: string, fix: Fix, notify = false): Buffer =>
      say(
        mobilePosition({ sn: ++serial, deviceId: cameraId }, fix),
        notify ? { method: 'NOTIFY', more: ['Event: presence', 'Subscription-State: active'] } : {},
      ),
  };
}
