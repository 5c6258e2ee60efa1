import type { RegisteredFeed } from '@/server/departments/registry.ts';
import type { Protocol } from '@/server/feeds/contract.ts';
import { Secret } from '@/server/feeds/secret.ts';
import { type Address, type FeedSetting, feedSetting, settingsOf, settingsOfAll } from './feed-setting.ts';
import type { SimulatedFeeds } from './simulated-feeds.ts';

/** A feed as this installation has it: what its department says, with what the installation says over it. */
export type SettledFeed = RegisteredFeed & {
  readonly protocol: Protocol;
  readonly on: boolean;
  readonly listen: Address | null;
  readonly connect: Address | null;
  /** May hold a password or a key: never shown, see `shownUrl`. */
  readonly url: string | null;
  readonly headers: ReadonlyMap<string, Secret>;
  readonly intervalS: number;
  /** When first to poll, where that is not at once. */
  readonly firstAfterMs?: number;
  /** MQTT topic filters; its own topics where none are named. */
  readonly topics: readonly string[];
  /** As stated, and as the protocol reads them. */
  readonly stated: Readonly<Record<string, unknown>>;
  readonly options: unknown;
};

export type SettleWith = {
  readonly protocolById: (id: string) => Protocol | null;
  /** The feeds file as parsed, by feed id; empty where there is none. */
  readonly file: Readonly<Record<string, unknown>>;
  /** Named in the environment: goes before the file. `*` is every feed that listens and is named nowhere. */
  readonly listen: ReadonlyMap<string, Address>;
  /** Where the JT/T 808 listener and the push listener stand unless the file says otherwise. */
  readonly jt808: Address;
  readonly push: Address;
  readonly capPollUrl: string | null;
  /** What a demo's simulator brings along, by feed. */
  readonly simulated?: SimulatedFeeds['byFeed'];
};

const pollEveryS = 60;
const jt808Feed = 'transport-jt808';

/** One line per mistake, each naming its feed; never the value of what may be a secret. */
export function settleFeeds(
  registered: readonly RegisteredFeed[],
  by: SettleWith,
): { readonly feeds: readonly SettledFeed[]; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const ids = new Set(registered.map(({ feed }) => feed.id));
  for (const id of Object.keys(by.file)) if (!ids.has(id)) faults.push(`${id}: there is no such feed`);
  for (const id of by.listen.keys()) if (id !== '*' && !ids.has(id)) faults.push(`FEED_LISTEN: there is no feed ${id}`);
  const feeds = registered.flatMap((one) => settle(one, by, (line) => void faults.push(`${one.feed.id}${line}`)) ?? []);
  return { feeds, faults };
}

function readSetting(id: string, by: SettleWith, fault: (line: string) => void): FeedSetting {
  const stated = by.file[id];
  if (stated === undefined) return {};
  const read = feedSetting.safeParse(stated);
  if (read.success) return read.data;
  for (const issue of read.error.issues)
    fault(`${issue.path.map((part) => `.${String(part)}`).join('')}: ${issue.message}`);
  return {};
}

function settle(of: RegisteredFeed, by: SettleWith, fault: (line: string) => void): SettledFeed | null {
  const { feed } = of;
  const protocol = by.protocolById(feed.protocol);
  if (!protocol) {
    fault(`: protocol ${feed.protocol} cannot be read`);
    return null;
  }
  const setting = readSetting(feed.id, by, fault);
  for (const name of Object.keys(setting) as (keyof FeedSetting)[])
    if (![...settingsOfAll, ...settingsOf[feed.transport]].includes(name))
      fault(`.${name}: means nothing to ${feed.transport}${hint(feed.transport, name)}`);

  const simulated = by.simulated?.get(feed.id);
  const stated = { ...feed.options, ...simulated?.options, ...setting.options };
  const options = protocol.options.safeParse(stated);
  if (!options.success)
    for (const issue of options.error.issues)
      fault(`.options${issue.path.map((part) => `.${String(part)}`).join('')}: ${issue.message}`);

  const named = by.listen.get(feed.id);
  const listen = listenOf(of, setting, by);
  if (named && !listen) fault(`: FEED_LISTEN names it, but ${feed.transport} does not listen`);
  const connect = setting.connect ?? null;
  const url = urlOf(of, setting, by);
  if (url !== null && !schemesOf(feed.transport).test(url))
    fault(`.url: ${feed.transport} wants ${feed.transport === 'mqtt' ? 'mqtt or mqtts' : 'http or https'}`);
  const target = feed.transport === 'http-poll' ? url : feed.transport === 'tcp-client' ? connect : true;
  if (setting.enabled && target === null)
    fault(`.enabled: needs ${feed.transport === 'http-poll' ? 'a url' : 'connect'}`);
  const wanted =
    setting.enabled ??
    (feed.enabled ||
      simulated !== undefined ||
      named !== undefined ||
      url !== null ||
      Boolean(setting.listen ?? connect));
  return {
    ...of,
    protocol,
    on: wanted && target !== null,
    listen,
    connect,
    url,
    headers: new Map(
      Object.entries(setting.headers ?? {}).map(([name, value]) => [name.toLowerCase(), new Secret(value)]),
    ),
    intervalS: setting.intervalS ?? feed.intervalS ?? pollEveryS,
    // An installation's own source needs no time to start.
    firstAfterMs: simulated?.url !== undefined && url === simulated.url ? simulated.firstAfterMs : undefined,
    topics: setting.topics ?? [],
    stated,
    options: options.data,
  };
}

function listenOf({ feed }: RegisteredFeed, setting: FeedSetting, by: SettleWith): Address | null {
  if (feed.transport === 'http-push') return by.push;
  if (!feed.listen) return null;
  const usual = feed.id === jt808Feed ? by.jt808 : (by.listen.get('*') ?? feed.listen);
  return by.listen.get(feed.id) ?? setting.listen ?? usual;
}

function urlOf({ feed }: RegisteredFeed, setting: FeedSetting, by: SettleWith): string | null {
  if (feed.transport !== 'http-poll' && feed.transport !== 'mqtt') return null;
  const polledCap = feed.transport === 'http-poll' && feed.protocol === 'cap' ? by.capPollUrl : null;
  return polledCap ?? setting.url ?? by.simulated?.get(feed.id)?.url ?? feed.url;
}

const schemesOf = (transport: string): RegExp => (transport === 'mqtt' ? /^mqtts?:/i : /^https?:/i);
const hint = (transport: string, name: string): string =>
  transport === 'http-push' && name === 'listen' ? ' (all pushed feeds share PUSH_HOST and PUSH_PORT)' : '';
