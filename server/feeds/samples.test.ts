import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { openDecodeStream } from './decode-stream.ts';
import { readHexLine } from './hex-line.ts';
import { isRefusal } from './refusal.ts';
import { protocolById } from './registry.ts';
import { openCollection } from './testing/collection.ts';

/**
 * Every published message of the collection through the reader that `npm run decode` uses: how many are read, what becomes of them, and
 * why the others are refused. That their values are right is for the sample tests of the protocols.
 */
const collection = openCollection();

type Figures = {
  items: number;
  messages: number;
  /** At least so many of each kind: a reader may learn to see more. */
  records: Record<string, number>;
  refused: Record<string, number>;
};
const expected: Record<string, Figures> = {
  ais: {
    items: 40,
    messages: 65,
    records: { position: 22 },
    // Five sentences with a wrong sum, one of them the half of a message; a type that there is not.
    refused: { unsupported: 1, checksum: 5, truncated: 1 },
  },
  cap: { items: 33, messages: 33, records: { alert: 90 }, refused: { schema: 5 } },
  fhir: { items: 11, messages: 11, records: { capacity: 17 }, refused: { value: 4 } },
  gb26875: { items: 7, messages: 4, records: {}, refused: { truncated: 2, checksum: 1 } },
  gb28181: { items: 2, messages: 2, records: { reading: 1 }, refused: {} },
  gtfs: { items: 6, messages: 4, records: { reading: 20 }, refused: { not_protocol: 2, value: 3, schema: 1 } },
  'gtfs-rt': { items: 22, messages: 22, records: { position: 835, reading: 787, alert: 2 }, refused: { value: 4 } },
  hj212: { items: 29, messages: 25, records: { reading: 148 }, refused: { framing: 1, length: 1, checksum: 2 } },
  jt808: {
    items: 128,
    messages: 116,
    records: { position: 45 },
    refused: { truncated: 6, length: 5, framing: 2, checksum: 2 },
  },
  jt809: { items: 5, messages: 5, records: {}, refused: {} },
  metar: { items: 11, messages: 11, records: { reading: 75 }, refused: {} },
  ngsi: { items: 37, messages: 37, records: { reading: 123, alert: 4, capacity: 4, case: 3, call: 2 }, refused: {} },
  open311: { items: 3, messages: 3, records: {}, refused: { unauthorized: 1 } },
  sensorthings: { items: 2, messages: 0, records: {}, refused: { not_protocol: 2 } },
  sl651: { items: 10, messages: 9, records: { reading: 12 }, refused: { checksum: 1 } },
};

type Line = {
  file?: string;
  category: string;
  op?: string;
  hex?: string;
  frames?: string[];
  text?: string;
  sentences?: string[];
};
const linesOf = (file: string): Line[] => collection.lines(file);

/** One folder may hold the messages of two protocols. */
const protocolOf = (name: string, { category }: Line): string => {
  if (name === 'gtfs') return category.startsWith('static') ? 'gtfs' : 'gtfs-rt';
  if (name === 'ngsi') return category === 'sensorthings' ? 'sensorthings' : 'ngsi';
  return name === 'health' ? 'fhir' : name;
};

/** What a sender would send: hex as bytes, sentences and reports as lines. */
function sentOf({ hex, frames, text, sentences }: Line): Uint8Array[] {
  const hexes = frames ?? (hex === undefined ? [] : [hex]);
  const lines = sentences ?? (text === undefined ? [] : [text]);
  return [
    ...hexes.flatMap((line) => {
      const bytes = readHexLine(line);
      return isRefusal(bytes) ? [] : [bytes];
    }),
    ...lines.map((line) => Uint8Array.from(Buffer.from(line.endsWith('\n') ? line : `${line}\r\n`, 'latin1'))),
  ];
}

/** The folders of `cot` and `eido` belong to no protocol of the eleven departments. */
const others = ['cot', 'eido'];
const names = collection.names().filter((name) => !name.includes('.') && !others.includes(name));

/** The twin of a capture is its decode; a unit of GB/T 26875 is no frame. */
const isMessage = (line: Line) => line.op !== 'application-data-unit' && line.file !== 'typeexamples.json';

const items = names.flatMap((name) => [
  ...linesOf(`${name}/frames.jsonl`)
    .filter(isMessage)
    .map((line) => ({ id: protocolOf(name, line), sent: sentOf(line) })),
  ...linesOf(`${name}/index.jsonl`)
    .filter((line) => line.file !== undefined && isMessage(line))
    .map((line) => ({
      id: protocolOf(name, line),
      sent: [collection.bytes(`${name}/${line.file}`)],
    })),
]);

function decoded(id: string, sent: readonly Uint8Array[], mode: 'message' | 'records') {
  const protocol = protocolById(id);
  if (!protocol) throw new Error(`no protocol ${id}`);
  const stream = openDecodeStream(protocol, { mode, options: protocol.options.parse({}) });
  return [...sent.flatMap((bytes) => [...stream.push(bytes)]), ...stream.end()];
}

describe.skipIf(!collection.present)(`the collection (${items.length} items)`, () => {
  it('has no folder that nobody reads', () => {
    expect([...new Set(items.map(({ id }) => id))].sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.entries(expected))('%s', (id, figures) => {
    const own = items.filter((item) => item.id === id);
    const told: Figures = { items: own.length, messages: 0, records: {}, refused: {} };
    for (const { sent } of own) {
      told.messages += decoded(id, sent, 'message').filter(({ kind }) => kind === 'message').length;
      for (const line of decoded(id, sent, 'records')) {
        if (line.kind === 'refusal') told.refused[line.refusal.refused] = (told.refused[line.refusal.refused] ?? 0) + 1;
        if (line.kind !== 'record') continue;
        expect(record.safeParse(line.record).error).toBeUndefined();
        told.records[line.record.kind] = (told.records[line.record.kind] ?? 0) + 1;
      }
    }
    process.stdout.write(`${id}: ${JSON.stringify(told)}\n`);
    expect({ ...told, records: {} }).toEqual({ ...figures, records: {} });
    for (const [kind, least] of Object.entries(figures.records))
      expect(told.records[kind], kind).toBeGreaterThanOrEqual(least);
  });
});
