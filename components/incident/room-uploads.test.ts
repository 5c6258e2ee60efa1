import { describe, expect, it } from 'vitest';
import { largestFileBytes } from '@/server/domain/file-kind.ts';
import type { FileSending, FileSent } from './room-send-file.ts';
import { createUploads } from './room-uploads.ts';

/** A way out on which the test decides what arrives. */
function line() {
  const sent: { sending: FileSending; tell: (told: FileSent) => void; stopped: boolean }[] = [];
  const send = (sending: FileSending) => {
    let tell: (told: FileSent) => void = () => undefined;
    const done = new Promise<FileSent>((then) => {
      tell = then;
    });
    const one = { sending, tell, stopped: false };
    sent.push(one);
    const stop = () => {
      one.stopped = true;
      one.tell('lost');
    };
    return { done, stop };
  };
  return { sent, uploads: createUploads('i', send) };
}
const file = (name: string, size = 3) => ({ name, size, type: 'image/png' }) as File;
const states = (of: ReturnType<typeof line>['uploads']) => of.current().all.map((one) => one.state);
const settled = () => new Promise((done) => setImmediate(done));

describe('files on their way', () => {
  it('go two at a time, in order, and tell how far they are', async () => {
    const { sent, uploads } = line();
    uploads.add([file('a'), file('b'), file('c')]);
    expect(states(uploads)).toEqual(['sending', 'sending', 'waiting']);
    sent[0]!.sending.onProgress(2);
    expect(uploads.current().all[0]?.sentBytes).toBe(2);
    sent[1]!.tell('kept');
    await settled();
    expect(states(uploads)).toEqual(['sending', 'kept', 'sending']);
    expect(uploads.current()).toMatchObject({ busy: true, kept: [uploads.current().all[1]!.id] });
    sent[0]!.tell('kept');
    sent[2]!.tell('kept');
    await settled();
    expect(uploads.current().busy).toBe(false);
    uploads.clear();
    expect(uploads.current().all).toEqual([]);
  });

  it('are sent again under the same id, and stopped when dropped', async () => {
    const { sent, uploads } = line();
    uploads.add([file('a')]);
    sent[0]!.tell('lost');
    await settled();
    expect(states(uploads)).toEqual(['lost']);
    uploads.retry(uploads.current().all[0]!.id);
    const [first, second] = sent.map((one) => [one.sending.file, one.sending.commandId]);
    expect(second).toEqual(first);
    uploads.drop(uploads.current().all[0]!.id);
    await settled();
    expect(sent[1]!.stopped).toBe(true);
    expect(uploads.current().all).toEqual([]);
  });

  it('say why they were not taken; one that is too large is not even sent', async () => {
    const { sent, uploads } = line();
    uploads.add([file('large', largestFileBytes + 1), file('odd')]);
    sent[0]!.tell({ refused: 'bad_input', detail: '' });
    await settled();
    expect(uploads.current().all.map((one) => one.refusal?.refused)).toEqual(['too_large', 'bad_input']);
    expect(sent).toHaveLength(1);
  });
});
