import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReadingRecord } from '@/server/wire/record.ts';
import { openDecodeStream } from '../decode-stream.ts';
import { gb28181 } from './gb28181.ts';
import type { Gb28181Message } from './message.ts';

/** Documents of other implementations. Not part of the project. */
const folder = join(process.env.FEED_SAMPLES ?? join(import.meta.dirname, '../../../../shared/data/feeds'), 'gb28181');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.xml')) : [];
const options = gb28181.options.parse({});

describe.skipIf(files.length === 0)(`collected documents (${files.length})`, () => {
  it.each(files)('%s: what its own tags say is what is read', (name) => {
    const bytes = readFileSync(join(folder, name));
    const tag = (of: string) => new RegExp(`<${of}>([^<]*)</${of}>`).exec(bytes.toString('latin1'))?.[1] ?? null;
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
