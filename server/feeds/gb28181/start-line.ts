const methods = 'REGISTER|MESSAGE|NOTIFY|SUBSCRIBE|OPTIONS|INVITE|ACK|BYE|CANCEL|INFO|PRACK|UPDATE|REFER|PUBLISH';
const request = `(?:${methods})[ \\t]+[sS][iI][pP][sS]?:[^\\s<>]+[ \\t]+SIP/2\\.0`;
const status = 'SIP/2\\.0[ \\t]+[1-6][0-9]{2}(?:[ \\t][^\\r\\n<]*)?';
const known = new RegExp(`(?:${request}[ \\t]*|${status})\\r?$`);
/** Methods that nobody knows are read too, but only where nothing stands before them. */
const unknown = /^[A-Z]{3,20}[ \t]+[^\s<>]+[ \t]+SIP\/[0-9]\.[0-9][ \t]*\r?$/;
const following = new RegExp(`\\n(?:${request}[ \\t]*|${status})\\r?\\n`, 'g');
const opener = /<\?xml\s|<(?:Notify|Response|Query|Control)[\s>/]/;

/** No start line is longer; it bounds the search for one in a line that is noise. */
const longest = 4_096;

/** Where in a line (without its line feed) a SIP message begins, or -1. */
export const startIn = (line: string): number => {
  const skipped = Math.max(0, line.length - longest);
  const found = known.exec(line.slice(skipped));
  if (found) return skipped + found.index;
  return skipped === 0 && unknown.test(line) ? 0 : -1;
};

/** Where in a text without a SIP start line a document begins, or -1. */
export const documentIn = (text: string): number => opener.exec(text)?.index ?? -1;

/** The next start line that begins a line of its own in [from, to), or -1. */
export function nextStart(text: string, from: number, to: number): number {
  const part = text.slice(from, to);
  following.lastIndex = 0;
  const found = following.exec(part);
  return found ? from + found.index + 1 : -1;
}
