// An expected refusal: a stable code and what the reader needs to understand it. Anything else that is thrown is a bug.
// Never put a secret or another person's data into the details: they are shown.

export type RefusalDetails = Readonly<Record<string, unknown>>;

export class Refusal extends Error {
  readonly code: string;
  readonly details: RefusalDetails;

  constructor(code: string, details: RefusalDetails = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

/** Refuses with a stable code of the form `area.reason`; its text stands in locales under `area:refusal.reason`. */
export function refuse(code: string, details?: RefusalDetails): never {
  throw new Refusal(code, details);
}

/** HTTP status of a refusal. Codes that are not listed are refusals of a rule: 422. */
export function statusOf(code: string): number {
  return STATUS[code] ?? 422;
}

const STATUS: Readonly<Record<string, number>> = {
  'platform.malformed': 400,
  'platform.ask_in_body': 400,
  'platform.not_signed_in': 401,
  'platform.not_allowed': 403,
  'platform.bad_origin': 403,
  'platform.not_found': 404,
  'platform.conflict': 409,
  'platform.stale_version': 412,
  'platform.too_large': 413,
  'platform.unsupported_media_type': 415,
  'platform.invalid': 422,
  'platform.key_reused': 422,
  'platform.version_required': 428,
  'platform.key_required': 428,
  'platform.too_many_requests': 429,
  'platform.unavailable': 503,
  'people.sign_in_failed': 401,
  'people.locked': 429,
  'people.password_change_required': 403,
};
