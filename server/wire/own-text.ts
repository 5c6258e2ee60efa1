/**
 * The same words in memory of their own. A piece cut from a message may be a window on the whole of it: a short key that is remembered for a day
 * would keep every byte of the message it came in (seen in a heap: 2 KB a key).
 */
export const ownText = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
