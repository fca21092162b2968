// What went wrong, in the shape of RFC 9457 that the server speaks. Never invents a reason: an unknown failure keeps its id.
import { translator } from './i18n.ts';

export interface FieldError {
  readonly path: string;
  readonly message: string;
  /** What the field is called, where the message does not say it. */
  readonly name?: string;
}

export class ProblemError extends Error {
  readonly code: string;
  /** HTTP status; 0 when the server could not be reached. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** On 412: the record as it is now. */
  readonly current: unknown;
  /** Of an unexpected failure: the number under which it stands in the log. */
  readonly id: string | undefined;

  constructor(parts: { code: string; status: number; title: string; detail?: string; errors?: readonly FieldError[]; current?: unknown; id?: string | undefined }) {
    super(parts.detail ?? parts.title);
    this.name = 'ProblemError';
    this.code = parts.code;
    this.status = parts.status;
    this.title = parts.title;
    this.detail = parts.detail ?? '';
    this.errors = parts.errors ?? [];
    this.current = parts.current;
    this.id = parts.id;
  }

  static unreachable(): ProblemError {
    const t = translator('web');
    return new ProblemError({ code: 'web.unreachable', status: 0, title: t('problem.unreachable'), detail: t('problem.unreachableDetail') });
  }

  static async from(response: Response): Promise<ProblemError> {
    const t = translator('web');
    const body: unknown = await response.json().catch(() => undefined);
    const fields: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
    const text = (name: string): string | undefined => (typeof fields[name] === 'string' ? fields[name] : undefined);
    const detail = text('detail');
    return new ProblemError({
      code: text('code') ?? 'web.failed',
      status: response.status,
      title: text('title') ?? t(response.status >= 500 ? 'problem.failed' : 'problem.refused'),
      ...(detail === undefined ? {} : { detail }),
      errors: errorsOf(fields['errors']),
      current: fields['record'] ?? fields['current'],
      id: text('id'),
    });
  }
}

export function problemOf(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  const t = translator('web');
  return new ProblemError({ code: 'web.failed', status: 500, title: t('problem.failed'), detail: thrown instanceof Error ? thrown.message : '' });
}

function errorsOf(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('path' in one) || !('message' in one)) return [];
    return [{ path: String(one.path).replace(/^\//, '').replaceAll('/', '.'), message: String(one.message), ...('name' in one && typeof one.name === 'string' ? { name: one.name } : {}) }];
  });
}
