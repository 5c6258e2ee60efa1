import { join, resolve } from 'node:path';
import { z } from 'zod';

/** The only reader of the environment. `docs/generated/environment.md` is printed from this table. */
type Variable<T extends z.ZodType = z.ZodType> = {
  readonly schema: T;
  /** As written in the environment; null where there is none. */
  readonly fallback: string | null;
  readonly doc: string;
  readonly secret?: boolean;
};

const variable = <T extends z.ZodType>(
  schema: T,
  fallback: string | null,
  doc: string,
  secret = false,
): Variable<T> => ({
  schema,
  fallback,
  doc,
  secret,
});

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'a port number')
  .transform(Number)
  .pipe(z.number().int().max(65_535));
const host = z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/, 'an address or a host name');
const flag = z
  .enum(['0', '1', 'false', 'true', 'no', 'yes'])
  .transform((word) => word === '1' || word === 'true' || word === 'yes');
const milliseconds = z
  .string()
  .regex(/^\d{1,6}$/, 'a number of milliseconds')
  .transform(Number)
  .pipe(z.number().int().min(200).max(60_000));
const text = z.string().nullable();
const url = z.url({ protocol: /^https?$/ }).nullable();

export const variables = {
  PORT: variable(port, '3000', 'Port of the pages, the API and the socket; 0 takes a free one.'),
  HOST: variable(
    host,
    '127.0.0.1',
    'Address to listen on. Anything but loopback is served over TLS only (own certificate, generated one, or a proxy).',
  ),
  PUBLIC_NAMES: variable(
    z
      .string()
      .regex(/^[A-Za-z0-9.:,*_-]*$/, 'host names, separated by commas')
      .nullable(),
    null,
    'Further host names and addresses that a generated certificate is made for, separated by commas.',
  ),
  DATA_DIR: variable(text, null, 'Where everything is kept. Default: data/demo, or data/city with DEMO=0.'),
  DEMO: variable(flag, '1', 'Demo data, demo accounts and the city simulator. 0 starts an empty city.'),
  SIMULATOR: variable(flag, '1', 'Whether the demo starts the city simulator beside the server.'),
  DATABASE_URL: variable(
    z.url({ protocol: /^postgres(ql)?$/ }).nullable(),
    null,
    'A PostgreSQL 15 or newer of your own. Default: the embedded one, in DATA_DIR.',
    true,
  ),
  MAPBOX_TOKEN: variable(
    z
      .string()
      .regex(/^pk\.[\w.-]+$/, 'a public token (pk.…)')
      .nullable(),
    null,
    'Loads the Mapbox engine and lets the pages reach its hosts. Without it nothing leaves the origin.',
    true,
  ),
  TLS_CERT: variable(text, null, 'File with the certificate chain (PEM). With TLS_KEY.'),
  TLS_KEY: variable(text, null, 'File with the private key (PEM). With TLS_CERT.'),
  TRUST_PROXY: variable(
    flag,
    '0',
    'A proxy in front ends TLS; its X-Forwarded-For, -Host and -Proto are believed. Only where nobody else can reach the port.',
  ),
  JT808_HOST: variable(host, '127.0.0.1', 'Address of the JT/T 808 listener (TCP).'),
  JT808_PORT: variable(port, '7611', 'Port of the JT/T 808 listener.'),
  PUSH_HOST: variable(host, '127.0.0.1', 'Address of the listener for pushed records and CAP alerts (HTTP).'),
  PUSH_PORT: variable(port, '7080', 'Port of the listener for pushed records and CAP alerts.'),
  FEED_LISTEN: variable(
    z
      .string()
      .regex(
        /^((\*|[a-z0-9-]+)=[A-Za-z0-9.:_-]+:\d{1,5})(,(\*|[a-z0-9-]+)=[A-Za-z0-9.:_-]+:\d{1,5})*$/,
        'feed=host:port, separated by commas',
      )
      .nullable(),
    null,
    'Where feeds listen, e.g. ecology-hj212=0.0.0.0:9212; naming a feed that is off by default turns it on. *=127.0.0.1:0 gives a free port to every other feed that listens.',
  ),
  FEEDS_FILE: variable(
    text,
    null,
    'File with what this installation says of its feeds (docs/feeds.md). Default: feeds.json in DATA_DIR, where there is one.',
  ),
  CAP_POLL_URL: variable(url, null, 'Atom or RSS feed of CAP alerts to poll.'),
  OSRM_URL: variable(
    url,
    null,
    'An OSRM server for travel times (e.g. http://127.0.0.1:5000). Default: the road graph of `npm run map:import`, else straight lines.',
  ),
  VALHALLA_URL: variable(
    url,
    null,
    'A Valhalla server for travel times, asked where OSRM is not given or does not answer.',
  ),
  FUSION_JOIN: variable(
    z
      .string()
      .regex(/^(off|1|1\.0+|0?\.\d+)$/, 'off, or a share such as 0.8')
      .transform((given) => (given === 'off' ? null : Number(given))),
    '0.8',
    'From which score on a signal joins what it is likely about by itself; off: a person always decides.',
  ),
  FUSION_PROPOSE: variable(
    z
      .string()
      .regex(/^(1|1\.0+|0|0?\.\d+)$/, 'a share such as 0.3')
      .transform(Number),
    '0.3',
    'From which score on two that may be one are proposed to each other.',
  ),
  AI_URL: variable(
    url,
    null,
    'Base address of an OpenAI-compatible endpoint (e.g. http://127.0.0.1:8000/v1) that may propose kind, place, summary and drafts (docs/assist.md). Off by default; only this server asks it.',
  ),
  AI_KEY: variable(text, null, 'Bearer token for AI_URL. Never logged, never sent to a page.', true),
  AI_MODEL: variable(
    z
      .string()
      .regex(/^[\w./:@+-]{1,200}$/, 'the name of a model')
      .nullable(),
    null,
    'Model to ask for at AI_URL. Needed with it.',
  ),
  AI_TIMEOUT_MS: variable(
    milliseconds,
    '2500',
    'How long a proposal may take, 200–60000 ms; after that the deterministic baseline answers.',
  ),
  AI_BRIEF_TIMEOUT_MS: variable(
    milliseconds,
    '15000',
    'How long a drafted brief may take, 200–60000 ms; after that the template of the log answers.',
  ),
  METRICS_TOKEN: variable(
    z.string().min(16, 'at least 16 characters').nullable(),
    null,
    'Bearer token for /metrics from elsewhere than this machine.',
    true,
  ),
  LOG_LEVEL: variable(
    z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    'info',
    'What the log in DATA_DIR/logs keeps.',
  ),
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;
type Values = { readonly [K in VariableName]: z.infer<(typeof variables)[K]['schema']> };

export type Env = {
  readonly port: number;
  readonly host: string;
  readonly publicNames: readonly string[];
  readonly dataDir: string;
  readonly demo: boolean;
  readonly simulator: boolean;
  readonly databaseUrl: string | null;
  readonly mapboxToken: string | null;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  readonly trustProxy: boolean;
  readonly jt808: { readonly host: string; readonly port: number };
  readonly push: { readonly host: string; readonly port: number };
  /** Stream feeds by id that an installation names. */
  readonly feedListen: ReadonlyMap<string, { readonly host: string; readonly port: number }>;
  /** `named`: it must be there. */
  readonly feedsFile: { readonly path: string; readonly named: boolean };
  readonly capPollUrl: string | null;
  readonly routing: { readonly osrmUrl: string | null; readonly valhallaUrl: string | null };
  readonly fusion: { readonly join: number; readonly propose: number };
  /** Null: no model, and nothing leaves the house. */
  readonly ai: {
    readonly url: string;
    readonly key: string | null;
    readonly model: string;
    readonly timeoutMs: number;
    readonly briefTimeoutMs: number;
  } | null;
  readonly metricsToken: string | null;
  readonly logLevel: Values['LOG_LEVEL'];
};

/** One line per mistake, each naming its variable; never the value of a secret. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || /^(::ffff:)?127\./.test(address);

/** What Next and React read by themselves: which build they are, and that nothing is reported to anybody (DESIGN.md law 11). */
export function settleEnvironment(dev: boolean, into: Record<string, string | undefined> = process.env): void {
  into.NODE_ENV = dev ? 'development' : 'production';
  into.NEXT_TELEMETRY_DISABLED = '1';
}

function readListen(of: string): [string, { host: string; port: number }] {
  const [feed = '', address = ''] = of.split('=');
  const colon = address.lastIndexOf(':');
  return [feed, { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) }];
}

export function readEnv(from: Readonly<Record<string, string | undefined>> = process.env): Env {
  const faults: string[] = [];
  const read = <K extends VariableName>(name: K): Values[K] => {
    const { schema, fallback, secret } = variables[name] as Variable;
    const given = from[name]?.trim() || fallback;
    const parsed = schema.safeParse(given);
    if (parsed.success) return parsed.data as Values[K];
    const shown = secret ? '' : ` (it is ${JSON.stringify(given)})`;
    faults.push(`${name}: ${parsed.error.issues[0]?.message ?? 'not readable'}${shown}`);
    return null as Values[K];
  };
  const values = Object.fromEntries(Object.keys(variables).map((name) => [name, read(name as VariableName)])) as Values;
  if ((values.TLS_CERT === null) !== (values.TLS_KEY === null)) faults.push('TLS_CERT and TLS_KEY go together');
  if ((values.AI_URL === null) !== (values.AI_MODEL === null)) faults.push('AI_URL and AI_MODEL go together');
  if (faults.length) throw new EnvironmentError(faults.join('\n'));

  const dataDir = resolve(values.DATA_DIR ?? (values.DEMO ? 'data/demo' : 'data/city'));
  const certFile = values.TLS_CERT;
  const keyFile = values.TLS_KEY;
  return {
    port: values.PORT,
    host: values.HOST,
    publicNames: (values.PUBLIC_NAMES ?? '').split(',').filter(Boolean),
    dataDir,
    demo: values.DEMO,
    simulator: values.DEMO && values.SIMULATOR,
    databaseUrl: values.DATABASE_URL,
    mapboxToken: values.MAPBOX_TOKEN,
    tls: certFile && keyFile ? { certFile: resolve(certFile), keyFile: resolve(keyFile) } : null,
    trustProxy: values.TRUST_PROXY,
    jt808: { host: values.JT808_HOST, port: values.JT808_PORT },
    push: { host: values.PUSH_HOST, port: values.PUSH_PORT },
    feedListen: new Map((values.FEED_LISTEN ?? '').split(',').filter(Boolean).map(readListen)),
    feedsFile: { path: resolve(values.FEEDS_FILE ?? join(dataDir, 'feeds.json')), named: values.FEEDS_FILE !== null },
    capPollUrl: values.CAP_POLL_URL,
    // No score is above 1: that is never.
    fusion: { join: values.FUSION_JOIN ?? 2, propose: values.FUSION_PROPOSE },
    routing: { osrmUrl: values.OSRM_URL, valhallaUrl: values.VALHALLA_URL },
    ai:
      values.AI_URL && values.AI_MODEL
        ? {
            url: values.AI_URL,
            key: values.AI_KEY,
            model: values.AI_MODEL,
            timeoutMs: values.AI_TIMEOUT_MS,
            briefTimeoutMs: values.AI_BRIEF_TIMEOUT_MS,
          }
        : null,
    metricsToken: values.METRICS_TOKEN,
    logLevel: values.LOG_LEVEL,
  };
}
