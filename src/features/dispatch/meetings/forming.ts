// How an agenda is formed out of what the rules propose: one item for each thing, in the order of the rules, capped; what is cut or goes back to its
// owner is named with the reason. Pure; never loses a proposal.
import type { AgendaRuleCode, Policy } from './shape.ts';

export interface Fact { readonly code: string; readonly values: Readonly<Record<string, string | number>>; readonly href?: string }

export interface Proposal {
  readonly rule: AgendaRuleCode;
  /** The thing itself, the same whichever rule finds it: `problem:<id>`, `decision:<id>`, `project:<id>`. */
  readonly source: string;
  readonly projectId: string | null; readonly problemId: string | null; readonly decisionId: string | null;
  readonly title: string; readonly statusLine: string; readonly ask: string; readonly facts: readonly Fact[]; readonly ownerOrgId: string | null;
  /** Settled below: the owner has not had his days yet. */
  readonly below: boolean;
}

export interface Formed extends Proposal { readonly place: 'listed' | 'cut' | 'sent_back' }

/** `taken`: things that stand on the agenda already, and how many of them are listed. */
export function form(proposals: readonly Proposal[], agenda: Policy['agenda'], taken: { readonly sources: ReadonlySet<string>; readonly projects: ReadonlySet<string>; readonly listed: number }): readonly Formed[] {
  const order = new Map(agenda.rules.map((rule, i) => [rule.code, i]));
  const merged = new Map<string, Proposal>();
  // What several rules find stands once, under the first of them, with the facts of all.
  for (const one of [...proposals].sort((a, b) => (order.get(a.rule) ?? 99) - (order.get(b.rule) ?? 99))) {
    if (taken.sources.has(one.source) || (isProject(one) && taken.projects.has(one.projectId ?? ''))) continue;
    // What concerns a project as a whole joins the matter of it that stands already.
    const source = isProject(one) ? ([...merged.values()].find((other) => other.projectId === one.projectId)?.source ?? one.source) : one.source;
    const known = merged.get(source);
    merged.set(source, known === undefined ? one : { ...known, facts: [...known.facts, ...one.facts.filter((fact) => !known.facts.some((other) => other.code === fact.code))], below: known.below && one.below });
  }
  let room = agenda.cap - taken.listed;
  return [...merged.values()].map((one): Formed => {
    if (one.below) return { ...one, place: 'sent_back' };
    room -= 1;
    return { ...one, place: room >= 0 ? 'listed' : 'cut' };
  });
}

function isProject(one: Proposal): boolean {
  return one.source.startsWith('project:');
}
