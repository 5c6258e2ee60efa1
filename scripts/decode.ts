import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Decoded, type DecodeStream, openDecodeStream } from '@/server/feeds/decode-stream.ts';
import { readHexLine } from '@/server/feeds/hex-line.ts';
import { recordToJson } from '@/server/feeds/record-json.ts';
import { isRefusal } from '@/server/feeds/refusal.ts';
import { protocolById, protocols } from '@/server/feeds/registry.ts';
import { crsNames } from '@/server/wire/record.ts';

const usage = `Usage: npm run decode -- <protocol> [file] [options]      (standard input where no file is named)

  --list             name the protocols
  --message          print messages in the protocol's own vocabulary instead of records
  --hex              the input is hex, one or more frames a line
  --options '{…}'    options of the protocol as JSON
  --crs <name>       datum where the message does not say: ${crsNames.join(', ')}

One JSON object a line: a record, or {"refused", "offset", "detail"}.
Exit status: 0 all was read, 1 something was refused, 2 wrong usage.
`;

class UsageError extends Error {}

function readArguments(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        list: { type: 'boolean', default: false },
        message: { type: 'boolean', default: false },
        hex: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        options: { type: 'string', default: '{}' },
        crs: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readInput(file: string | undefined): Uint8Array {
  try {
    return readFileSync(file ?? 0);
  } catch (error) {
    throw new UsageError(`cannot read ${file ?? 'standard input'}: ${error instanceof Error ? error.message : error}`);
  }
}

function open(id: string, flags: ReturnType<typeof readArguments>['values']): DecodeStream {
  const protocol = protocolById(id);
  if (!protocol)
    throw new UsageError(`no protocol "${id}"; there are ${protocols.map((known) => known.id).join(', ')}`);
  const crs = crsNames.find((name) => name === flags.crs);
  if (flags.crs !== undefined && !crs)
    throw new UsageError(`no datum "${flags.crs}"; there are ${crsNames.join(', ')}`);
  let given: unknown;
  try {
    given = JSON.parse(flags.options);
  } catch {
    throw new UsageError('--options is not JSON');
  }
  const options = protocol.options.safeParse(given);
  if (!options.success)
    throw new UsageError(
      options.error.issues.map((issue) => `--options ${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  return openDecodeStream(protocol, { mode: flags.message ? 'message' : 'records', options: options.data, crs });
}

/** Bytes print as hex; everything else as it is. */
const printable = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;

/** `toJSON` of Buffer runs before a replacer sees it, so bytes must be plain Uint8Arrays by then. */
const toLine = (decoded: Decoded): string => {
  if (decoded.kind === 'refusal') return JSON.stringify(decoded.refusal);
  return JSON.stringify(decoded.kind === 'record' ? recordToJson(decoded.record) : decoded.message, printable);
};

function run(argv: string[]): number {
  const { values, positionals } = readArguments(argv);
  if (values.help) return print(usage);
  if (values.list) return print(protocols.map(({ id, title, standard }) => `${id}\t${title}\t${standard}\n`).join(''));
  const [id, file, ...more] = positionals;
  if (!id || more.length > 0) throw new UsageError(id ? 'one file at a time' : 'name a protocol');
  const stream = open(id, values);
  const input = new Uint8Array(readInput(file));
  let refused = false;
  const show = (lines: Iterable<Decoded>) => {
    for (const line of lines) {
      refused ||= line.kind === 'refusal';
      print(`${toLine(line)}\n`);
    }
  };
  if (values.hex) {
    for (const line of new TextDecoder().decode(input).split(/\r?\n/)) {
      if (line.trim() === '') continue;
      const bytes = readHexLine(line);
      show(isRefusal(bytes) ? [{ kind: 'refusal', refusal: bytes }] : stream.push(bytes));
    }
  } else show(stream.push(input));
  show(stream.end());
  return refused ? 1 : 0;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** A reader that has seen enough (`| head`) is no failure of ours. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

try {
  process.exitCode = run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
