/**
 * Why a command was refused. The one table for the whole product: `messages/*.json` has words for each under `refusal`.
 * A refusal is a value; nothing was changed.
 */
export const refusalCodes = {
  not_found: 'there is no such record, or it is not visible to you',
  not_allowed: 'your role may not do this',
  bad_input: 'a field is missing or out of range',
  wrong_state: 'not possible in the present state',
  place_unknown: 'a place is needed first',
  kind_unknown: 'a type is needed first',
  department_unknown: 'there is no such department',
  rule_exists: 'there is a rule of this code already',
  reason_missing: 'a reason is needed',
  already_claimed: 'somebody else has claimed it',
  already_attached: 'it belongs to another incident already',
  unit_taken: 'another operator sent this unit first',
  unit_not_available: 'the unit cannot be sent in its present status',
  second_needs_confirmation: 'the unit is engaged; a second assignment needs a confirmation',
  unit_full: 'the unit already has two assignments',
  units_engaged: 'units are still engaged',
  order_not_open: 'the order is not open any more',
  return_limit: 'it has been returned as often as is allowed',
  evidence_missing: 'it is done only with words or a file that show it',
  edit_conflict: 'somebody else changed the same field meanwhile',
  handler_is_verifier: 'the handler cannot verify own work',
  date_in_past: 'the date lies in the past',
  not_gradable: 'this kind of event takes no statutory grade',
  below_grade: 'the priority cannot be lower than the grade asks',
  same_incident: 'an incident cannot be merged with itself',
  seat_taken: 'somebody else is present on this seat',
  not_present: 'nobody is checked in on this seat',
  not_your_seat: 'the seat belongs to another department or person',
  command_conflict: 'this command id was used before with other content',
  version_conflict: 'somebody else changed it first',
  not_saved: 'the record could not be written; nothing was changed',
  signed_out: 'sign in again',
  bad_credentials: 'name or password is wrong',
  too_many_attempts: 'too many attempts; wait',
  too_large: 'larger than is accepted',
  internal: 'an unexpected fault; nothing was changed',
} as const;

export type RefusalCode = keyof typeof refusalCodes;

/** `by` names who won, `detail` is for the log and for developers, never the only words on a screen. */
export type Refused = {
  readonly refused: RefusalCode;
  readonly detail: string;
  readonly by?: { readonly id: string; readonly name: string } | null;
  readonly subject?: string | null;
};

export const refused = (code: RefusalCode, detail = '', more: Pick<Refused, 'by' | 'subject'> = {}): Refused => ({
  refused: code,
  detail,
  ...more,
});

export const wasRefused = (value: unknown): value is Refused =>
  typeof value === 'object' && value !== null && 'refused' in value;
