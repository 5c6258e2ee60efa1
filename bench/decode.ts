import { openDecodeStream } from '@/server/feeds/decode-stream.ts';
import { recordToJson } from '@/server/feeds/record-json.ts';
import { protocols } from '@/server/feeds/registry.ts';
import { decodeInputs } from './decode-inputs.ts';
import { type Emit, round } from './figures.ts';

const secondsEach = 1;

/** Turns a second of one core: processor time counts, not the wall's, so that a busy machine says the same. */
function turnsPerS(work: () => void): number {
  work();
  let turns = 0;
  let spent = 0;
  const from = process.cpuUsage();
  do {
    work();
    turns += 1;
    const used = process.cpuUsage(from);
    spent = (used.user + used.system) / 1e6;
  } while (spent < secondsEach);
  return turns / spent;
}

/**
 * Bytes → records by the same code that a transport runs, whole messages, beside `JSON.parse` of the same records written out: a ratio of 1
 * would be reading a department's own protocol as fast as the engine reads JSON.
 */
export async function decode(emit: Emit): Promise<void> {
  const inputs = decodeInputs();
  for (const protocol of protocols) {
    const input = inputs[protocol.id];
    if (!input) {
      emit({ bench: 'decode', protocol: protocol.id, skipped: 'the simulator does not speak it' });
      continue;
    }
    const options = protocol.options.parse({});
    const read = () => {
      const reading = openDecodeStream(protocol, { mode: 'records', options });
      return [...reading.push(input.bytes), ...reading.end()];
    };
    const decoded = read();
    const records = decoded.flatMap((one) => (one.kind === 'record' ? [one.record] : []));
    const lines = records.map((record) => JSON.stringify(recordToJson(record)));
    const turns = turnsPerS(() => void read());
    const parsed = turnsPerS(() => {
      for (const line of lines) JSON.parse(line);
    });
    emit({
      bench: 'decode',
      protocol: protocol.id,
      what: input.what,
      framesPerS: Math.round(turns * input.frames),
      recordsPerS: Math.round(turns * records.length),
      mbPerS: round((turns * input.bytes.length) / 1e6),
      refusals: decoded.length - records.length,
      jsonParsePerS: Math.round(parsed * lines.length),
      ratio: round(turns / parsed, 3),
    });
  }
}
