import { device } from './gb28181/device.ts';
import { openUdpLine, type UdpLine } from './gb28181/line.ts';
import type { Camera } from './gb28181/manscdp.ts';
import { backoffMs } from './link/backoff.ts';
import type { Options } from './options.ts';
import type { Random } from './random.ts';
import type { Station } from './stations/station.ts';

/** The platform's own code, and how recorders are numbered: centre, industry 00, type 118 (recorder), network 0, serial. */
const platform = '32010000002000000001';
const recorderId = (index: number) => `3201000000118${'0'}${String(index + 1).padStart(6, '0')}`;
const camerasEach = 50;
const keepaliveEveryMs = 60_000;
/** GB/T 28181 §9.6: three keepalives without an answer, and the recorder registers anew. */
const mostUnanswered = 3;
const registerWithinMs = 20_000;
/** Well before the registration runs out. */
const renewEveryMs = 1_800_000;
const pauses = { firstMs: 2_000, longestMs: 60_000 };

type Parts = {
  readonly options: Options;
  readonly rng: Random;
  readonly now: () => number;
  readonly told: (text: string) => void;
};
export type Cameras = { turn(): void; online(): number; readonly count: number; close(): Promise<void> };

const cameraOf = ({ key, name, at, district }: Station): Camera => ({
  id: key,
  name,
  at,
  online: true,
  civilCode: district || '320100',
  address: name,
});

async function recorder(index: number, cameras: readonly Camera[], { options, rng, now, told }: Parts) {
  const to = options.lines.gb28181!;
  let line: UdpLine | null = null;
  let of: ReturnType<typeof device> | null = null;
  let [failures, startedAt, notBefore, keptAt] = [0, 0, 0, 0];
  let listed = false;
  let said = '';
  const tell = (text: string) => {
    if (text !== said) told(`GB/T 28181 录像机 ${index + 1}：${text}`);
    said = text;
  };
  line = await openUdpLine({ to, heard: (bytes) => of?.received(bytes, now()).send ?? [] });
  const name = `演示录像机${index + 1}`;
  const password = options.gb28181Password!;
  const host = to.host.includes(':') ? `[::1]:${line.own.split(':').at(-1)}` : line.own;
  of = device({ id: recorderId(index), name, password, cameras, platform, own: host });
  const own = { line, of };

  function start(at: number): void {
    startedAt = at;
    listed = false;
    own.line.send(own.of.start());
  }

  return {
    online: () => own.of.phase() === 'registered',
    turn() {
      const at = now();
      const phase = own.of.phase();
      if (phase === 'registered') {
        if (said !== '') tell('恢复注册');
        failures = 0;
        if (!listed) own.line.send(own.of.catalog());
        listed = true;
        if (at - keptAt >= keepaliveEveryMs) {
          keptAt = at;
          own.line.send([own.of.keepalive()]);
        }
        if (at - startedAt > renewEveryMs || own.line.waiting() > mostUnanswered + cameras.length) start(at);
        return;
      }
      const tired = phase === 'idle' || phase === 'refused' || at - startedAt > registerWithinMs;
      if (!tired || at < notBefore) return;
      if (startedAt > 0) {
        failures += 1;
        notBefore = at + backoffMs(failures, pauses, rng);
        tell(phase === 'refused' ? '注册被拒绝，稍后重试' : '没有应答，稍后重试');
      }
      start(at);
    },
    async close() {
      if (own.of.phase() === 'registered') own.line.send(own.of.leave());
      await own.line.close();
    },
  };
}

/** The recorders of the road cameras: registered, alive, their catalogue told once a registration. */
export async function cameras(stations: readonly Station[], parts: Parts): Promise<Cameras | null> {
  const own = stations.filter(({ scheme }) => scheme === 'gb28181').map(cameraOf);
  if (!parts.options.lines.gb28181 || !parts.options.gb28181Password || own.length === 0) return null;
  const groups = Array.from({ length: Math.ceil(own.length / camerasEach) }, (_, index) =>
    own.slice(index * camerasEach, (index + 1) * camerasEach),
  );
  const recorders = await Promise.all(groups.map((group, index) => recorder(index, group, parts)));
  return {
    turn() {
      for (const each of recorders) each.turn();
    },
    online: () => recorders.filter((each) => each.online()).length,
    count: recorders.length,
    close: async () => {
      await Promise.all(recorders.map((each) => each.close()));
    },
  };
}
