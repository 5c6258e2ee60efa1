import { describe, expect, it } from 'vitest';
import type { ReadingRecord } from '@/server/wire/record.ts';
import { openDecodeStream } from '../decode-stream.ts';
import { openCollection } from '../testing/collection.ts';
import { gb28181 } from './gb28181.ts';
import type { Gb28181Message } from './message.ts';
import { textOf } from './testing/vectors.ts';

/** Documents of other implementations. */
const collection = openCollection('gb28181');
const files = collection.names().filter((name) => name.endsWith('.xml'));
const options = gb28181.options.parse({});

describe.skipIf(files.length === 0)(`collected documents (${files.length})`, () => {
  it.each(files)('%s: what its own tags say is what is read', (name) => {
    const bytes = collection.bytes(name);
    const tag = (of: string) => new RegExp(`<${of}>([^<]*)</${of}>`).exec(textOf(bytes))?.[1] ?? null;
    const [line, ...more] = [...openDecodeStream(gb28181, { mode: 'message', options }).push(bytes)];
    expect(more).toEqual([]);
    if (line?.kind !== 'message') throw new Error(JSON.stringify(line));
    const { body } = line.message as Gb28181Message;
    expect([body?.command, body?.sn, body?.deviceId]).toEqual([tag('CmdType'), tag('SN'), tag('DeviceID')]);
    expect(body?.code?.typeName).toBe('network camera');
    const records = [...openDecodeStream(gb28181, { mode: 'records', options }).push(bytes)];
    const expected = body?.command === 'Keepalive' ? [[body.deviceId, 'online', 1]] : [];
    const read = records.map((one) => (one.kind === 'record' ? (one.record as ReadingRecord) : null));
    expect(read.map((one) => [one?.subject.key, one?.property, one?.value])).toEqual(expected);
  });
});
