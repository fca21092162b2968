// What is asked of each kind beside one sentence, as data: a few fields that the department needs first. Pure; shared by browser and server.
import known from './data/templates.json' with { type: 'json' };

export interface TemplateField {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly options?: readonly (readonly string[])[];
}

/** Of a kind without a template of its own, the sentence alone is asked. */
export function fieldsOf(kind: string): readonly TemplateField[] {
  return known.find((one) => one.kind === kind)?.fields ?? [];
}

export function templateTitle(kind: string): { readonly zh: string; readonly en: string } | undefined {
  return known.find((one) => one.kind === kind)?.title;
}

/** What was filled in, line by line as the department reads it, with the free words below. Fields that the template does not have are left out. */
export function written(kind: string, filled: Readonly<Record<string, string>>, words: string): string {
  const lines = fieldsOf(kind).flatMap((field) => {
    const given = filled[field.code]?.trim() ?? '';
    if (given === '') return [];
    return [`${field.zh}：${field.options?.find(([code]) => code === given)?.[1] ?? given}`];
  });
  return [...lines, words.trim()].filter((line) => line !== '').join('\n').slice(0, LONGEST);
}

const LONGEST = 4000;

/** The name of a problem out of free words: the first sentence, at most so long. */
export function titleFrom(text: string, most = 60): string {
  const first = text.trim().split(/[。！？!?\n]/)[0]?.trim() ?? '';
  return first.length <= most ? first : `${first.slice(0, most - 1)}…`;
}
