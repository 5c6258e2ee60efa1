import { device } from './gb28181/device.ts';
import { openUdpLine, type UdpLine } from './gb28181/line.ts';
import type { Camera } from './gb28181/manscdp.ts';
import { backoffMs } from './link/backoff.ts';
import type { Tokens } from './link/tokens.ts';
import type { Address, Options } from './options.ts';
import type { Random } from './random.ts';
import type { Station } from './stations/station.ts';

/** The platform's own code, and how recorders are numbered: centre, industry 00, type 118 (recorder), network 0, serial. */
const platform = '32010000002000000001';
const recorderId = (index: number) => `32010000001180${String(index + 1).padStart(6, '0')}`;
const source = 'police-gb28181';
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
  readonly tokens: Tokens;
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

type Recorder = { readonly line: UdpLine; readonly of: ReturnType<typeof device> };

async function openRecorder(
  to: Address,
  index: number,
  cameras: readonly Camera[],
  { password, now }: { password: string; now: () => number },
): Promise<Recorder> {
  const held: { of: Recorder['of'] | null } = { of: null };
  const line = await openUdpLine({ to, heard: (bytes) => held.of?.received(bytes, now()).send ?? [] });
  held.of = device({
    ...{ id: recorderId(index), name: `演示录像机${index + 1}`, password, cameras, platform },
    own: to.host.includes(':') ? `[::1]:${line.own.split(':').at(-1)}` : line.own,
  });
  return { line, of: held.of };
}

function recorder(to: Address, index: number, cameras: readonly Camera[], { rng, now, told, tokens }: Parts) {
  let open: Recorder | null = null;
  let signedOnWith: string | null = null;
  let [failures, startedAt, notBefore, keptAt] = [0, 0, 0, 0];
  let [opening, listed, closing] = [false, false, false];
  let said = '';
  const tell = (text: string) => {
    if (text !== said) told(`GB/T 28181 录像机 ${index + 1}：${text}`);
    said = text;
  };

  /** Once there is a password, and anew where it is another one. */
  function prepare(): void {
    const password = tokens.of(source);
    if (password === null || password === signedOnWith || opening) return;
    opening = true;
    signedOnWith = password;
    const before = open;
    open = null;
    void Promise.resolve(before?.line.close())
      .then(() => openRecorder(to, index, cameras, { password, now }))
      .then(async (made) => {
        startedAt = 0;
        if (closing) await made.line.close();
        else open = made;
      })
      .catch((error: unknown) => {
        signedOnWith = null;
        tell(`开不起来（${error instanceof Error ? error.message : String(error)}）`);
      })
      .finally(() => {
        opening = false;
      });
  }

  function start({ line, of }: Recorder, at: number): void {
    startedAt = at;
    listed = false;
    line.send(of.start());
  }

  function stayRegistered(now_: Recorder, at: number): void {
    const { line, of } = now_;
    if (said !== '') tell('恢复注册');
    failures = 0;
    if (!listed) line.send(of.catalog());
    listed = true;
    if (at - keptAt >= keepaliveEveryMs) {
      keptAt = at;
      line.send([of.keepalive()]);
    }
    if (at - startedAt > renewEveryMs || line.waiting() > mostUnanswered + cameras.length) start(now_, at);
  }

  return {
    online: () => open?.of.phase() === 'registered',
    turn() {
      prepare();
      if (!open) return;
      const at = now();
      const phase = open.of.phase();
      if (phase === 'registered') {
        stayRegistered(open, at);
        return;
      }
      const tired = phase === 'idle' || phase === 'refused' || at - startedAt > registerWithinMs;
      if (!tired || at < notBefore) return;
      if (startedAt > 0) {
        failures += 1;
        notBefore = at + backoffMs(failures, pauses, rng);
        tell(phase === 'refused' ? '注册被拒绝，稍后重试' : '没有应答，稍后重试');
      }
      start(open, at);
    },
    async close() {
      closing = true;
      if (!open) return;
      if (open.of.phase() === 'registered') open.line.send(open.of.leave());
      await open.line.close();
    },
  };
}

/** The recorders of the road cameras: registered, alive, their catalogue told once a registration. */
export function cameras(stations: readonly Station[], parts: Parts): Cameras {
  const to = parts.options.lines.gb28181;
  const own = to ? stations.filter(({ scheme }) => scheme === 'gb28181').map(cameraOf) : [];
  const recorders = Array.from({ length: Math.ceil(own.length / camerasEach) }, (_, index) =>
    recorder(to!, index, own.slice(index * camerasEach, (index + 1) * camerasEach), parts),
  );
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
