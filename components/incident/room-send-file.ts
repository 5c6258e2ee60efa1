import { type RefusalCode, type Refused, refusalCodes } from '@/server/domain/refusal.ts';

export type FileSending = {
  readonly incident: string;
  readonly file: string;
  /** The same through every retry: it is kept once. */
  readonly commandId: string;
  readonly blob: Blob;
  readonly name: string;
  readonly onProgress: (sentBytes: number) => void;
};
export type FileSent = 'kept' | 'lost' | Refused;

export const filePath = (incident: string, file: string, show = false): string =>
  `/files/${encodeURIComponent(incident)}/${encodeURIComponent(file)}${show ? '?show' : ''}`;

function refusalOf(text: string): Refused | null {
  try {
    const { refusal } = JSON.parse(text) as { refusal?: { refused?: string; subject?: string | null } };
    if (!refusal?.refused || !(refusal.refused in refusalCodes)) return null;
    return { refused: refusal.refused as RefusalCode, detail: '', subject: refusal.subject ?? null };
  } catch {
    return null; // a proxy's own page
  }
}

/** `fetch` does not tell how much of a body was sent; this does. */
export function sendFile(sending: FileSending): { readonly done: Promise<FileSent>; readonly stop: () => void } {
  const request = new XMLHttpRequest();
  const done = new Promise<FileSent>((tell) => {
    request.upload.addEventListener('progress', (event) => sending.onProgress(event.loaded));
    request.addEventListener('load', () => {
      if (request.status === 200) return tell('kept');
      const refusal = refusalOf(request.responseText);
      // Not saved, or not even understood by something in between: the same may succeed later.
      if (refusal && refusal.refused !== 'not_saved') return tell(refusal);
      tell(request.status === 413 ? { refused: 'too_large', detail: '' } : 'lost');
    });
    for (const end of ['error', 'abort', 'timeout']) request.addEventListener(end, () => tell('lost'));
  });
  request.open('POST', filePath(sending.incident, sending.file));
  request.timeout = 110_000;
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.setRequestHeader('x-one-network', '1');
  request.setRequestHeader('x-command-id', sending.commandId);
  request.setRequestHeader('x-file-name', encodeURIComponent(sending.name));
  request.send(sending.blob);
  return { done, stop: () => request.abort() };
}
