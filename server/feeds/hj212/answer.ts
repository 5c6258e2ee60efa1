import type { Reply } from '../contract.ts';
import { checksum, checksumText } from './checksum.ts';
import type { Hj212Message } from './message.ts';

/** QnRtn of 9011: we are not a station and carry out no requests. */
const requestRefused = '2';
/** ST of a dialogue between systems. */
const dialogue = '91';

const codeOf = { data: '9014', notice: '9013', request: '9011', unknown: '9014' } as const;

function encode(segment: string, dialect: Hj212Message['checksum']): Uint8Array {
  const bytes = Buffer.from(segment, 'latin1');
  const head = `##${String(bytes.length).padStart(4, '0')}`;
  return Uint8Array.from(Buffer.from(`${head}${segment}${checksumText(checksum(bytes, dialect))}\r\n`, 'latin1'));
}

/** In the sender's edition and checksum, with its own QN, MN and password: 2005 repeats the QN in CP, 2017 in the header. */
function compose(to: Hj212Message, code: string, parameters: readonly string[]): Uint8Array {
  const is2005 = to.version === '2005';
  const edition = is2005 ? 0 : Number(to.header.Flag) & ~3;
  const { QN, MN } = to.header;
  const fields = [
    ...(QN && !is2005 ? [`QN=${QN}`] : []),
    `ST=${dialogue}`,
    `CN=${code}`,
    ...(to.password ? [`PW=${to.password.reveal()}`] : []),
    `MN=${MN}`,
    `Flag=${edition | (to.part ? 2 : 0)}`,
    ...(to.part ? [`PNUM=${to.part.total}`, `PNO=${to.part.index}`] : []),
  ];
  const cp = [...(QN && is2005 ? [`QN=${QN}`] : []), ...parameters];
  return encode(`${fields.join(';')};CP=&&${cp.join(';')}&&`, to.checksum);
}

/**
 * What bit 0 of Flag asks for: 9014 to data, 9013 to a notice, 9011 "refused" to a request. An answer is never answered. The standard
 * has no "not stored": without an answer the sender keeps its data and sends again.
 */
export function answer(message: Hj212Message, { accepted }: Reply): Uint8Array | null {
  const { role } = message;
  if (!message.wantsAnswer || role === 'answer' || !accepted) return null;
  return compose(message, codeOf[role], role === 'request' ? [`QnRtn=${requestRefused}`] : []);
}
