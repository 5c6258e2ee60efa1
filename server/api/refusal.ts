import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { type RefusalCode, type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { faultOf } from '@/server/store/faults.ts';

/** A refusal on its way to the client. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  constructor(readonly refusal: Refused) {
    super(refusal.refused);
  }
}

type TrpcCode = TRPCError['code'];
/** The rest are clashes with the present state: CONFLICT. */
const codes: Partial<Record<RefusalCode, TrpcCode>> = {
  not_found: 'NOT_FOUND',
  not_allowed: 'FORBIDDEN',
  not_your_seat: 'FORBIDDEN',
  handler_is_verifier: 'FORBIDDEN',
  bad_input: 'BAD_REQUEST',
  place_unknown: 'UNPROCESSABLE_CONTENT',
  kind_unknown: 'UNPROCESSABLE_CONTENT',
  reason_missing: 'UNPROCESSABLE_CONTENT',
  date_in_past: 'UNPROCESSABLE_CONTENT',
  below_grade: 'UNPROCESSABLE_CONTENT',
  not_gradable: 'UNPROCESSABLE_CONTENT',
  same_incident: 'UNPROCESSABLE_CONTENT',
  signed_out: 'UNAUTHORIZED',
  bad_credentials: 'UNAUTHORIZED',
  too_many_attempts: 'TOO_MANY_REQUESTS',
  too_large: 'PAYLOAD_TOO_LARGE',
  not_saved: 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_SERVER_ERROR',
};

export const trpcCode = (code: RefusalCode): TrpcCode => codes[code] ?? 'CONFLICT';

export const refuse = (refusal: Refused): TRPCError =>
  new TRPCError({ code: trpcCode(refusal.refused), message: refusal.refused, cause: new RefusalError(refusal) });

/** The answer of a use case, or its refusal thrown as the API's error. */
export async function answered<T>(work: Promise<T | Refused> | T | Refused): Promise<Exclude<T, Refused>> {
  const answer = await work;
  if (wasRefused(answer)) throw refuse(answer);
  return answer as Exclude<T, Refused>;
}

const byCode: Partial<Record<TrpcCode, RefusalCode>> = {
  NOT_FOUND: 'not_found',
  BAD_REQUEST: 'bad_input',
  PARSE_ERROR: 'bad_input',
  UNSUPPORTED_MEDIA_TYPE: 'bad_input',
  METHOD_NOT_SUPPORTED: 'bad_input',
  PAYLOAD_TOO_LARGE: 'too_large',
  UNAUTHORIZED: 'signed_out',
  FORBIDDEN: 'not_allowed',
};

const inWords = (error: ZodError): Refused => {
  const issue = error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  return refused('bad_input', `${path}: ${issue?.message ?? ''}`.slice(0, 300), { subject: path || null });
};

/** What any error says to the client, and whether it is a fault of ours that belongs into the log. */
export function refusalIn(error: TRPCError): { readonly refusal: Refused; readonly fault: boolean } {
  const { cause } = error;
  if (cause instanceof RefusalError) return { refusal: cause.refusal, fault: false };
  if (cause instanceof ZodError) return { refusal: inWords(cause), fault: false };
  const known = byCode[error.code];
  if (known) return { refusal: refused(known), fault: false };
  const fault = cause ? faultOf(cause) : 'bug';
  if (fault === 'gone' || fault === 'cannot-store') return { refusal: refused('not_saved'), fault: true };
  if (fault === 'unstorable-text')
    return { refusal: refused('bad_input', 'a character that cannot be kept'), fault: false };
  return { refusal: refused('internal'), fault: true };
}
