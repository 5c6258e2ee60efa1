import { parseArgs } from 'node:util';
import { flood } from './scenario/flood.ts';
import { calm, type Scenario } from './scenario/scenario.ts';

export type Address = { readonly host: string; readonly port: number };

/** Where departments' lines go: the ports that such systems use. `off`: that protocol stays silent. */
const lineDefaults = {
  hj212: '127.0.0.1:9212',
  sl651: '127.0.0.1:9651',
  gb26875: '127.0.0.1:9875',
  ais: '127.0.0.1:9810',
  jt809: '127.0.0.1:9809',
  gb28181: '127.0.0.1:5060',
} as const;
export type LineAddress = keyof typeof lineDefaults;
const lineNames = Object.keys(lineDefaults) as LineAddress[];
export type Options = {
  readonly seed: number;
  readonly speed: number;
  readonly units: number;
  readonly scenario: Scenario;
  readonly durationS: number | null;
  readonly once: boolean;
  readonly quiet: boolean;
  readonly jt808: Address;
  readonly push: URL;
  readonly cap: URL;
  readonly capFeedPort: number;
  readonly lines: Readonly<Record<LineAddress, Address | null>>;
  readonly mqtt: URL | null;
  /** Where METAR, GeoReport and timetable data can be asked for; null: nowhere. */
  readonly documentsPort: number | null;
  readonly stationsFile: string;
  /** How many stations of the register speak. */
  readonly stations: number;
  readonly vessels: number;
  readonly tokens: string;
};

export const usage = `用法：npm run city -- [选项]

  --scenario calm|flood   平日，或梅雨内涝剧本（默认 flood，CITY_SCENARIO）
  --seed N                随机种子，同一种子同一天（默认 1）
  --speed X               城市时间的快慢，0.1–100（默认 1；报文时间始终是真实时间）
  --units N               力量与社会车辆总数，1–20000（默认 5200，前 120 个可派遣；600 以上经 JT/T 809 平台上传）
  --vessels N             长江上的船舶，0–500（默认 120）
  --stations N            发言的站点数，0–20000（默认全部）
  --stations-file 文件    站点名录（默认 server/places/nanjing/stations.jsonl，没有则无站点）
  --duration 秒           运行这么久后退出
  --once                  剧本走完即退出
  --jt808 主机:端口       JT/T 808 终端接入（默认 127.0.0.1:7611，环境变量 CITY_JT808）
  --push 网址             JSON 推送（默认 http://127.0.0.1:7080/v1/push，CITY_PUSH）
  --cap 网址              CAP 推送（默认 http://127.0.0.1:7080/v1/cap，CITY_CAP）
  --cap-feed-port N       本机 CAP Atom 源的端口，0 为任意空闲端口（默认 0，CITY_CAP_FEED_PORT）
  --hj212 / --sl651 / --gb26875 / --ais / --jt809 / --gb28181 主机:端口|off
                          各部门数据接入（默认本机 9212、9651、9875、9810、9809、5060）
  --mqtt 网址|off         MQTT 服务器（默认 mqtt://127.0.0.1:1883，CITY_MQTT）
  --documents-port N|off  供轮询的 METAR、Open311、GTFS 端口（默认 7090，CITY_DOCUMENTS_PORT）
  --tokens 文件           各推送源的令牌与平台口令（默认 data/demo/push-tokens.json，CITY_TOKENS）
  --allow-remote          允许向本机以外发送（默认拒绝）
  --quiet                 只说连接与错误
  --help                  显示本说明
`;

const scenarios: Readonly<Record<string, Scenario>> = { calm, flood };
const loopback = (host: string) => /^(127(\.\d{1,3}){3}|localhost|\[?::1\]?)$/.test(host);

type Env = Readonly<Record<string, string | undefined>>;

/** Options from the command line, then the environment; a sentence in Chinese where they make no sense. */
export function readOptions(argv: readonly string[], env: Env): Options | { problem: string } | 'help' {
  try {
    return read(argv, env);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function read(argv: readonly string[], env: Env): Options | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      scenario: text,
      seed: text,
      speed: text,
      units: text,
      duration: text,
      once: flag,
      jt808: text,
      push: text,
      cap: text,
      'cap-feed-port': text,
      tokens: text,
      ...Object.fromEntries(lineNames.map((name) => [name, text])),
      mqtt: text,
      'documents-port': text,
      stations: text,
      'stations-file': text,
      vessels: text,
      'allow-remote': flag,
      quiet: flag,
      help: flag,
    },
  });
  if (values.help) return 'help';
  const scenario = scenarios[values.scenario ?? env.CITY_SCENARIO ?? 'flood'];
  if (!scenario) throw new Error(`--scenario 只能是 ${Object.keys(scenarios).join(' 或 ')}`);
  const jt808 = address(values.jt808 ?? env.CITY_JT808 ?? '127.0.0.1:7611', '--jt808');
  const push = url('--push', values.push ?? env.CITY_PUSH ?? 'http://127.0.0.1:7080/v1/push');
  const cap = url('--cap', values.cap ?? env.CITY_CAP ?? 'http://127.0.0.1:7080/v1/cap');
  const stated = values as Readonly<Record<string, string | boolean | undefined>>;
  const lines = Object.fromEntries(
    lineNames.map((name) => {
      const value = String(stated[name] ?? lineDefaults[name]);
      return [name, value === 'off' ? null : address(value, `--${name}`)];
    }),
  ) as Record<LineAddress, Address | null>;
  const broker = String(stated.mqtt ?? env.CITY_MQTT ?? 'mqtt://127.0.0.1:1883');
  const mqtt = broker === 'off' ? null : url('--mqtt', broker, /^mqtts?:$/);
  const asked = String(stated['documents-port'] ?? env.CITY_DOCUMENTS_PORT ?? '7090');
  const hosts = [jt808.host, push.hostname, cap.hostname, ...(mqtt ? [mqtt.hostname] : [])];
  for (const host of [...hosts, ...Object.values(lines).flatMap((line) => line?.host ?? [])])
    if (!loopback(host) && !values['allow-remote'])
      throw new Error(`${host} 不是本机；模拟数据不应发往别处，确需如此请加 --allow-remote`);
  return {
    scenario,
    jt808,
    push,
    cap,
    seed: number('--seed', values.seed ?? '1', [0, 2 ** 31]),
    speed: number('--speed', values.speed ?? '1', [0.1, 100], false),
    units: number('--units', values.units ?? env.CITY_UNITS ?? '5200', [1, 20_000]),
    durationS: values.duration === undefined ? null : number('--duration', values.duration, [1, 31_536_000], false),
    once: values.once ?? false,
    quiet: values.quiet ?? false,
    capFeedPort: number('--cap-feed-port', values['cap-feed-port'] ?? env.CITY_CAP_FEED_PORT ?? '0', [0, 65_535]),
    lines,
    mqtt,
    documentsPort: asked === 'off' ? null : number('--documents-port', asked, [0, 65_535]),
    stationsFile: String(stated['stations-file'] ?? 'server/places/nanjing/stations.jsonl'),
    stations: number('--stations', String(stated.stations ?? env.CITY_STATIONS ?? '20000'), [0, 20_000]),
    vessels: number('--vessels', String(stated.vessels ?? env.CITY_VESSELS ?? '120'), [0, 500]),
    tokens: values.tokens ?? env.CITY_TOKENS ?? 'data/demo/push-tokens.json',
  };
}

function number(name: string, value: string, [low, high]: readonly [number, number], whole = true): number {
  const read = Number(value);
  if (value.trim() === '' || !Number.isFinite(read) || read < low || read > high || (whole && !Number.isInteger(read)))
    throw new Error(`${name} 应是 ${low} 到 ${high} 之间的${whole ? '整数' : '数'}，不是“${value}”`);
  return read;
}

function address(value: string, name: string): Address {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:\s]+)):(\d{1,5})$/.exec(value);
  if (!match) throw new Error(`${name} 应是“主机:端口”，不是“${value}”`);
  return { host: (match[1] ?? match[2])!, port: number(`${name} 的端口`, match[3]!, [1, 65_535]) };
}

function url(name: string, value: string, schemes = /^https?:$/): URL {
  const read = URL.canParse(value) ? new URL(value) : null;
  const wanted = schemes.test('mqtt:') ? 'mqtt 或 mqtts' : 'http 或 https';
  if (!read || !schemes.test(read.protocol)) throw new Error(`${name} 应是 ${wanted} 网址，不是“${value}”`);
  return read;
}
