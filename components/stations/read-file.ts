export type ReadFile = { readonly text: string; readonly encoding: 'utf-8' | 'utf-16le' | 'gb18030' };

/** Chinese spreadsheets save CSV in GB 18030 unless told otherwise; nothing else reads as UTF-8 by chance. */
export function readCsvFile(bytes: Uint8Array): ReadFile {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16le' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    // not UTF-8: the other encoding that such files have
    return { text: new TextDecoder('gb18030').decode(bytes), encoding: 'gb18030' };
  }
}
