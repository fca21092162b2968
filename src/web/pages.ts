// The table of contents of the browser: every page with its path, who may see it and where it stands in the navigation.
// A page is added here by one line and loaded only when it is opened.
import type { ComponentType } from 'react';
import { loadWords } from './i18n.ts';

/** The words of the navigation in their order. */
export const PLACES = [
  { id: 'today' },
  { id: 'projects' },
  { id: 'drive' },
  { id: 'service' },
  { id: 'industry' },
  { id: 'analysis' },
  { id: 'admin' },
] as const;
export type Place = (typeof PLACES)[number]['id'];

export interface PageEntry {
  /** `/projects/$id` */
  readonly path: string;
  /** Key of its title, for the browser's tab and the navigation: `web:page.projects.list`. Titles stand with the frame's words, which are always there. */
  readonly title: string;
  /** Compulsory permission; `undefined` = everyone who is signed in. */
  readonly permission: string | undefined;
  readonly place: Place;
  /** `top`: the word itself opens this page. `sub`: stands below the word. `none`: is reached from elsewhere. */
  readonly nav: 'top' | 'sub' | 'none';
  /** The path of the page below which it stands: shown while one of that family is open, or something waits there. */
  readonly under?: string;
  /** Fetches its code and its words. */
  readonly load: () => Promise<ComponentType>;
}
export type OpenPage = Pick<PageEntry, 'path' | 'title' | 'load'>;

/** `words`: the areas of the locales that the page and what it imports say (kept true by src/test/tidy). */
function page(path: string, { words, load, ...entry }: Omit<PageEntry, 'path'> & { readonly words: readonly string[] }): PageEntry {
  return { path, ...entry, load: async () => (await Promise.all([load(), loadWords(words)]))[0] };
}

export const pages: readonly PageEntry[] = [
  // 今日
  page('/', { title: 'web:page.portfolio.today', permission: undefined, place: 'today', nav: 'top', words: ['portfolio', 'lights'], load: async () => (await import('../features/service/pages/first.tsx')).FirstPage }),

  // 项目
  page('/projects', { title: 'web:page.projects.list', permission: 'projects.read', place: 'projects', nav: 'top', words: ['projects'], load: async () => (await import('../features/projects/register/pages/list.tsx')).ListPage }),
  page('/projects/new', { title: 'web:page.projects.new', permission: 'projects.create', place: 'projects', nav: 'none', words: ['projects'], load: async () => (await import('../features/projects/register/pages/edit.tsx')).NewPage }),
  page('/projects/$id', { title: 'web:page.projects.record', permission: 'projects.read', place: 'projects', nav: 'none', words: ['projects', 'lifecycle'], load: async () => (await import('../features/projects/register/pages/record.tsx')).RecordPage }),
  page('/projects/$id/edit', { title: 'web:page.projects.edit', permission: 'projects.edit', place: 'projects', nav: 'none', words: ['projects'], load: async () => (await import('../features/projects/register/pages/edit.tsx')).EditPage }),
  page('/projects/$id/lifecycle', { title: 'web:page.lifecycle.evidence', permission: 'projects.read', place: 'projects', nav: 'none', words: ['lifecycle'], load: async () => (await import('../features/projects/lifecycle/pages/page.tsx')).LifecyclePage }),

  page('/projects/$id/approvals', { title: 'web:page.approvals.plan', permission: 'projects.read', place: 'projects', nav: 'none', words: ['approvals'], load: async () => (await import('../features/approvals/planning/pages/plan.tsx')).ApprovalsPage }),
  page('/projects/$id/approvals/facts', { title: 'web:page.approvals.facts', permission: 'projects.read', place: 'projects', nav: 'none', words: ['approvals'], load: async () => (await import('../features/approvals/planning/pages/facts.tsx')).FactsPage }),
  page('/projects/$id/approvals/faster', { title: 'web:page.approvals.faster', permission: 'approvals.read', place: 'projects', nav: 'none', words: ['approvals', 'cases'], load: async () => (await import('../features/approvals/faster/pages/faster.tsx')).FasterPage }),
  page('/projects/$id/approvals/opinions/$simulationId', { title: 'web:page.approvals.opinion', permission: 'approvals.read', place: 'projects', nav: 'none', words: ['approvals', 'cases'], load: async () => (await import('../features/approvals/faster/pages/opinion.tsx')).OpinionPage }),
  page('/projects/$id/approvals/cases', { title: 'web:page.approvals.projectCases', permission: 'approvals.read', place: 'projects', nav: 'none', words: ['cases'], load: async () => (await import('../features/approvals/cases/pages/project.tsx')).ProjectCasesPage }),
  page('/projects/$id/schedule', { title: 'web:page.approvals.schedule', permission: 'projects.read', place: 'projects', nav: 'none', words: ['schedules'], load: async () => (await import('../features/approvals/schedules/pages/schedule.tsx')).SchedulePage }),

  page('/projects/$id/problems', { title: 'web:page.problems.ofProject', permission: 'problems.read', place: 'projects', nav: 'none', words: ['problems'], load: async () => (await import('../features/problems/pool/pages/ofproject.tsx')).ProjectProblemsPage }),

  page('/import', { title: 'web:page.imports.import', permission: 'projects.import', place: 'projects', nav: 'sub', words: ['imports', 'ledger', 'portfolio'], load: async () => (await import('../features/projects/imports/pages/start.tsx')).StartImportPage }),
  page('/import/$id', { title: 'web:page.imports.import', permission: 'projects.import', place: 'projects', nav: 'none', words: ['imports', 'ledger', 'portfolio'], load: async () => (await import('../features/projects/imports/pages/import.tsx')).ImportPage }),

  // 推进
  page('/week', { title: 'web:page.dispatch.week', permission: 'dispatch.report_week', place: 'drive', nav: 'sub', words: ['week'], load: async () => (await import('../features/dispatch/week/pages/week.tsx')).WeekPage }),
  page('/dispatch/duties', { title: 'web:page.dispatch.duties', permission: 'dispatch.read', place: 'drive', nav: 'sub', under: '/week', words: ['taskforce'], load: async () => (await import('../features/dispatch/taskforce/pages/duties.tsx')).DutiesPage }),
  page('/dispatch/taskforces', { title: 'web:page.dispatch.taskforces', permission: 'dispatch.read', place: 'drive', nav: 'none', words: ['taskforce'], load: async () => (await import('../features/dispatch/taskforce/pages/forces.tsx')).ForcesPage }),
  page('/dispatch/taskforces/new', { title: 'web:page.dispatch.taskforce', permission: 'dispatch.assign', place: 'drive', nav: 'none', words: ['taskforce'], load: async () => (await import('../features/dispatch/taskforce/pages/forceform.tsx')).NewForcePage }),
  page('/dispatch/taskforces/$id', { title: 'web:page.dispatch.taskforce', permission: 'dispatch.read', place: 'drive', nav: 'none', words: ['taskforce'], load: async () => (await import('../features/dispatch/taskforce/pages/force.tsx')).ForcePage }),
  page('/dispatch/taskforces/$id/edit', { title: 'web:page.dispatch.taskforce', permission: 'dispatch.assign', place: 'drive', nav: 'none', words: ['taskforce'], load: async () => (await import('../features/dispatch/taskforce/pages/forceform.tsx')).EditForcePage }),
  page('/dispatch/handovers/new', { title: 'web:page.dispatch.handover', permission: 'dispatch.report_week', place: 'drive', nav: 'none', words: ['taskforce'], load: async () => (await import('../features/dispatch/taskforce/pages/propose.tsx')).ProposePage }),
  page('/dispatch/handovers/$id', { title: 'web:page.dispatch.handover', permission: 'dispatch.read', place: 'drive', nav: 'none', words: ['taskforce'], load: async () => (await import('../features/dispatch/taskforce/pages/handover.tsx')).HandoverPage }),
  page('/ledgers/assignment', { title: 'web:page.dispatch.assignment', permission: 'dispatch.read', place: 'drive', nav: 'sub', under: '/week', words: ['ledgers'], load: async () => (await import('../features/dispatch/ledgers/pages/assignment.tsx')).AssignmentLedger }),
  page('/ledgers/closing', { title: 'web:page.dispatch.closing', permission: 'problems.read', place: 'drive', nav: 'sub', under: '/week', words: ['ledgers'], load: async () => (await import('../features/dispatch/ledgers/pages/closing.tsx')).ClosingLedger }),
  page('/ledgers/diary', { title: 'web:page.dispatch.diary', permission: 'dispatch.read', place: 'drive', nav: 'sub', under: '/week', words: ['ledgers', 'history'], load: async () => (await import('../features/dispatch/ledgers/pages/diary.tsx')).DiaryLedger }),
  page('/reports', { title: 'web:page.reports.board', permission: 'projects.read', place: 'drive', nav: 'sub', words: ['reports'], load: async () => (await import('../features/projects/reports/pages/board.tsx')).BoardPage }),
  page('/reports/new', { title: 'web:page.reports.quick', permission: 'projects.report', place: 'drive', nav: 'none', words: ['reports'], load: async () => (await import('../features/projects/reports/pages/quick.tsx')).QuickPage }),
  page('/problems', { title: 'web:page.problems.list', permission: 'problems.read', place: 'drive', nav: 'sub', words: ['problems'], load: async () => (await import('../features/problems/pool/pages/list.tsx')).ProblemsPage }),
  page('/problems/new', { title: 'web:page.problems.new', permission: 'problems.raise', place: 'drive', nav: 'none', words: ['problems'], load: async () => (await import('../features/problems/pool/pages/new.tsx')).NewProblemPage }),
  page('/problems/$id', { title: 'web:page.problems.record', permission: 'problems.read', place: 'drive', nav: 'none', words: ['problem', 'problems'], load: async () => (await import('../features/service/desk/pages/problem.ts')).ProblemPage }),
  page('/milestones', { title: 'web:page.plan.gantt', permission: 'projects.read', place: 'drive', nav: 'sub', under: '/reports', words: ['gantt', 'plan', 'projects'], load: async () => (await import('../features/projects/plan/pages/gantt.tsx')).GanttPage }),
  page('/approvals', { title: 'web:page.approvals.forecasts', permission: 'projects.read', place: 'drive', nav: 'sub', under: '/approvals/cases', words: ['approvals'], load: async () => (await import('../features/approvals/planning/pages/forecasts.tsx')).ForecastsPage }),
  page('/approvals/expiring', { title: 'web:page.approvals.expiring', permission: 'approvals.read', place: 'drive', nav: 'sub', under: '/approvals/cases', words: ['approvals'], load: async () => (await import('../features/approvals/faster/pages/expiring.tsx')).ExpiringPage }),
  page('/approvals/guidance', { title: 'web:page.approvals.guidance', permission: 'approvals.read', place: 'drive', nav: 'sub', under: '/approvals/cases', words: ['approvals'], load: async () => (await import('../features/approvals/faster/pages/guidance.tsx')).GuidancePage }),
  page('/meetings', { title: 'web:page.meetings.list', permission: 'dispatch.read', place: 'drive', nav: 'sub', words: ['meetings'], load: async () => (await import('../features/dispatch/meetings/pages/list.tsx')).MeetingsPage }),
  page('/meetings/problems', { title: 'web:page.meetings.problems', permission: 'dispatch.read', place: 'drive', nav: 'none', words: ['meetings'], load: async () => (await import('../features/dispatch/meetings/pages/problems.tsx')).MeetingProblemsPage }),
  page('/meetings/rules', { title: 'web:page.meetings.rules', permission: 'dispatch.read', place: 'admin', nav: 'sub', words: ['meetings'], load: async () => (await import('../features/dispatch/meetings/pages/rules.tsx')).MeetingRulesPage }),
  page('/meetings/$id', { title: 'web:page.meetings.one', permission: 'dispatch.read', place: 'drive', nav: 'none', words: ['meetings'], load: async () => (await import('../features/dispatch/meetings/pages/one.tsx')).MeetingPage }),
  page('/meetings/$id/run', { title: 'web:page.meetings.run', permission: 'dispatch.read', place: 'drive', nav: 'none', words: ['meetings'], load: async () => (await import('../features/dispatch/meetings/pages/run.tsx')).RunPage }),
  page('/meetings/$id/minutes', { title: 'web:page.meetings.minutes', permission: 'dispatch.read', place: 'drive', nav: 'none', words: ['minutes'], load: async () => (await import('../features/dispatch/minutes/pages/minutes.tsx')).MinutesPage }),
  page('/decisions', { title: 'web:page.meetings.decisions', permission: 'dispatch.read', place: 'drive', nav: 'sub', under: '/meetings', words: ['slips', 'meetings'], load: async () => (await import('../features/dispatch/slips/pages/decisions.tsx')).DecisionsPage }),
  page('/decisions/$id', { title: 'web:page.meetings.decision', permission: 'dispatch.read', place: 'drive', nav: 'none', words: ['slips', 'meetings'], load: async () => (await import('../features/dispatch/slips/pages/decision.tsx')).DecisionPage }),
  page('/effect-due', { title: 'web:page.lifecycle.effectDue', permission: 'projects.read', place: 'drive', nav: 'sub', under: '/reports', words: ['lifecycle'], load: async () => (await import('../features/projects/lifecycle/pages/due.tsx')).EffectDuePage }),
  page('/approvals/cases', { title: 'web:page.approvals.cases', permission: 'approvals.read', place: 'drive', nav: 'sub', words: ['cases'], load: async () => (await import('../features/approvals/cases/pages/cases.tsx')).CasesPage }),
  page('/approvals/cases/$id', { title: 'web:page.approvals.case', permission: 'approvals.read', place: 'drive', nav: 'none', words: ['cases'], load: async () => (await import('../features/approvals/cases/pages/one.tsx')).CasePage }),
  page('/approvals/pace', { title: 'web:page.approvals.pace', permission: 'approvals.read', place: 'drive', nav: 'none', words: ['cases'], load: async () => (await import('../features/approvals/cases/pages/pace.tsx')).PacePage }),
  page('/warnings', { title: 'web:page.warnings.lights', permission: 'projects.read', place: 'drive', nav: 'sub', words: ['warnings', 'lights'], load: async () => (await import('../features/projects/warnings/pages/lights.tsx')).LightsPage }),
  page('/warnings/rules', { title: 'web:page.warnings.rules', permission: 'projects.read', place: 'admin', nav: 'sub', words: ['warnings', 'projects'], load: async () => (await import('../features/projects/warnings/pages/rules.tsx')).RulesPage }),

  page('/problems/callbacks', { title: 'web:page.problems.callbacks', permission: 'problems.desk', place: 'drive', nav: 'sub', under: '/problems', words: ['closing'], load: async () => (await import('../features/problems/closing/pages/callbacks.tsx')).CallbacksPage }),
  // 服务
  page('/dispatch/visits', { title: 'web:page.dispatch.visits', permission: undefined, place: 'service', nav: 'sub', words: ['taskforce'], load: async () => (await import('../features/dispatch/week/pages/visits.tsx')).VisitsPage }),
  page('/dispatch/visits/new', { title: 'web:page.dispatch.visit', permission: 'dispatch.report_week', place: 'service', nav: 'none', words: ['taskforce'], load: async () => (await import('../features/dispatch/week/pages/visiting.tsx')).VisitingPage }),
  page('/dispatch/visits/$id', { title: 'web:page.dispatch.visit', permission: undefined, place: 'service', nav: 'none', words: ['taskforce'], load: async () => (await import('../features/dispatch/week/pages/visit.tsx')).VisitPage }),
  // 服务
  page('/service/new', { title: 'web:page.service.filing', permission: 'service.file', place: 'service', nav: 'none', words: ['service', 'problems'], load: async () => (await import('../features/service/desk/pages/own.ts')).NewFilingPage }),
  page('/service/requests', { title: 'web:page.service.requests', permission: 'service.file', place: 'service', nav: 'sub', under: '/service/desk', words: ['service', 'problems'], load: async () => (await import('../features/service/desk/pages/own.ts')).RequestsPage }),
  page('/service/desk', { title: 'web:page.service.desk', permission: 'service.desk', place: 'service', nav: 'sub', words: ['intake', 'service', 'rooms', 'problems'], load: async () => (await import('../features/service/desk/pages/staff.ts')).DeskPage }),
  page('/service/rooms', { title: 'web:page.service.rooms', permission: 'service.desk', place: 'service', nav: 'sub', under: '/service/desk', words: ['intake', 'service', 'rooms', 'problems'], load: async () => (await import('../features/service/desk/pages/staff.ts')).RoomsPage }),
  page('/service/roster', { title: 'web:page.service.roster', permission: 'service.desk', place: 'service', nav: 'sub', under: '/service/desk', words: ['intake', 'service', 'rooms', 'problems'], load: async () => (await import('../features/service/desk/pages/staff.ts')).RosterPage }),
  page('/service/duty', { title: 'web:page.service.duty', permission: undefined, place: 'service', nav: 'none', words: ['intake', 'service', 'rooms', 'problems'], load: async () => (await import('../features/service/desk/pages/staff.ts')).DutyPage }),
  page('/service/answers', { title: 'web:page.service.answers', permission: 'service.read', place: 'service', nav: 'sub', under: '/service/policies', words: ['knowledge'], load: async () => (await import('../features/service/knowledge/pages/both.ts')).AnswersPage }),
  page('/service/answers/$id', { title: 'web:page.service.answers', permission: 'service.read', place: 'service', nav: 'none', words: ['knowledge'], load: async () => (await import('../features/service/knowledge/pages/both.ts')).AnswerPage }),
  page('/service/policies', { title: 'web:page.service.policies', permission: 'service.read', place: 'service', nav: 'sub', words: ['knowledge'], load: async () => (await import('../features/service/policies/pages/papers.ts')).PoliciesPage }),
  page('/service/policies/new', { title: 'web:page.service.policies', permission: 'service.keep_knowledge', place: 'service', nav: 'none', words: ['knowledge'], load: async () => (await import('../features/service/policies/pages/papers.ts')).NewPolicyPage }),
  page('/service/policies/$id', { title: 'web:page.service.policies', permission: 'service.read', place: 'service', nav: 'none', words: ['knowledge'], load: async () => (await import('../features/service/policies/pages/papers.ts')).PolicyPage }),
  page('/service/policies/$id/edit', { title: 'web:page.service.policies', permission: 'service.keep_knowledge', place: 'service', nav: 'none', words: ['knowledge'], load: async () => (await import('../features/service/policies/pages/papers.ts')).EditPolicyPage }),
  page('/service/deliveries', { title: 'web:page.service.deliveries', permission: 'service.read', place: 'service', nav: 'sub', under: '/service/policies', words: ['knowledge'], load: async () => (await import('../features/service/policies/pages/papers.ts')).DeliveriesPage }),
  page('/service/enterprises', { title: 'web:page.service.enterprises', permission: 'service.match', place: 'service', nav: 'sub', under: '/service/policies', words: ['knowledge'], load: async () => (await import('../features/service/policies/pages/papers.ts')).EnterprisesPage }),
  page('/service/enterprises/$id', { title: 'web:page.service.enterprises', permission: 'service.read', place: 'service', nav: 'none', words: ['knowledge'], load: async () => (await import('../features/service/policies/pages/papers.ts')).EnterprisePage }),
  page('/service/programme', { title: 'web:page.service.programme', permission: 'service.read', place: 'service', nav: 'sub', words: ['programme'], load: async () => (await import('../features/service/programme/pages/actions.ts')).ProgrammePage }),
  page('/service/measures/$id', { title: 'web:page.service.programme', permission: 'service.read', place: 'service', nav: 'none', words: ['programme'], load: async () => (await import('../features/service/programme/pages/actions.ts')).MeasurePage }),
  page('/service/projects/$id/actions', { title: 'web:page.service.projectActions', permission: 'service.read', place: 'service', nav: 'none', words: ['programme'], load: async () => (await import('../features/service/programme/pages/actions.ts')).ProjectActionsPage }),
  page('/service/matching', { title: 'web:page.service.matching', permission: 'service.read', place: 'service', nav: 'sub', words: ['matching'], load: async () => (await import('../features/service/matching/pages/all.ts')).MatchingPage }),
  page('/service/matching/$id', { title: 'web:page.service.matching', permission: 'service.read', place: 'service', nav: 'none', words: ['matching'], load: async () => (await import('../features/service/matching/pages/all.ts')).ListingPage }),
  page('/service/fairs', { title: 'web:page.service.fairs', permission: 'service.read', place: 'service', nav: 'none', words: ['matching'], load: async () => (await import('../features/service/matching/pages/all.ts')).FairsPage }),
  page('/service/fairs/$id', { title: 'web:page.service.fairs', permission: 'service.read', place: 'service', nav: 'none', words: ['matching'], load: async () => (await import('../features/service/matching/pages/all.ts')).FairPage }),
  page('/service/deals', { title: 'web:page.service.deals', permission: 'service.read', place: 'service', nav: 'none', words: ['matching'], load: async () => (await import('../features/service/matching/pages/all.ts')).DealsPage }),

  // 研判
  page('/problems/rates', { title: 'web:page.problems.rates', permission: 'problems.rates', place: 'analysis', nav: 'sub', words: ['rates'], load: async () => (await import('../features/problems/rates/pages/rates.tsx')).RatesPage }),
  page('/portfolio', { title: 'web:page.portfolio.portfolio', permission: 'projects.read', place: 'analysis', nav: 'sub', words: ['portfolio'], load: async () => (await import('../features/projects/portfolio/pages/portfolio.tsx')).PortfolioPage }),

  // 管理
  page('/reports/calendar', { title: 'web:page.reports.calendar', permission: 'projects.rules', place: 'admin', nav: 'sub', words: ['reports', 'projects'], load: async () => (await import('../features/projects/reports/pages/calendar.tsx')).CalendarPage }),
  page('/milestones/templates', { title: 'web:page.plan.templates', permission: 'projects.rules', place: 'admin', nav: 'sub', words: ['plan', 'projects'], load: async () => (await import('../features/projects/plan/pages/templates.tsx')).TemplatesPage }),
  page('/lifecycle/rules', { title: 'web:page.lifecycle.rules', permission: 'projects.read', place: 'admin', nav: 'sub', words: ['lifecycle', 'liferules'], load: async () => (await import('../features/projects/lifecycle/pages/rules.tsx')).LifecycleRulesPage }),
  page('/approvals/catalogue', { title: 'web:page.approvals.catalogue', permission: 'approvals.read', place: 'admin', nav: 'sub', words: ['approvals', 'people'], load: async () => (await import('../features/approvals/catalogue/pages/catalogue.tsx')).CataloguePage }),
  page('/approvals/catalogue/$code', { title: 'web:page.approvals.catalogue', permission: 'approvals.read', place: 'admin', nav: 'none', words: ['approvals', 'people'], load: async () => (await import('../features/approvals/catalogue/pages/item.tsx')).ItemPage }),
  page('/approvals/layers', { title: 'web:page.approvals.layers', permission: 'approvals.read', place: 'admin', nav: 'none', words: ['approvals'], load: async () => (await import('../features/approvals/catalogue/pages/layers.tsx')).LayersPage }),
  page('/approvals/layers/$code', { title: 'web:page.approvals.layers', permission: 'approvals.read', place: 'admin', nav: 'none', words: ['approvals', 'people'], load: async () => (await import('../features/approvals/catalogue/pages/layer.tsx')).LayerPage }),
  page('/admin/calendar', { title: 'web:page.approvals.calendar', permission: undefined, place: 'admin', nav: 'sub', words: ['calendar'], load: async () => (await import('../features/approvals/calendar/pages/calendar.tsx')).CalendarPage }),
  page('/admin/problem-clocks', { title: 'web:page.problems.clocks', permission: 'problems.keep_policies', place: 'admin', nav: 'sub', words: ['policies', 'people', 'closing'], load: async () => (await import('../features/problems/clocks/pages/office.ts')).PoliciesPage }),
  page('/admin/problem-clocks/$code', { title: 'web:page.problems.policy', permission: 'problems.keep_policies', place: 'admin', nav: 'none', words: ['policies', 'people', 'closing'], load: async () => (await import('../features/problems/clocks/pages/office.ts')).PolicyPage }),
  page('/admin/problem-closing', { title: 'web:page.problems.closing', permission: 'problems.keep_policies', place: 'admin', nav: 'sub', words: ['policies', 'people', 'closing'], load: async () => (await import('../features/problems/clocks/pages/office.ts')).ClosingSettingsPage }),
  page('/admin/problem-kinds', { title: 'web:page.problems.kinds', permission: 'problems.keep_policies', place: 'admin', nav: 'sub', words: ['policies', 'people', 'closing'], load: async () => (await import('../features/problems/clocks/pages/office.ts')).KindsPage }),
  page('/admin/organisations', { title: 'web:page.people.organisations', permission: 'people.read', place: 'admin', nav: 'sub', words: ['people'], load: async () => (await import('../features/people/pages/organisations.tsx')).OrganisationsPage }),
  page('/admin/users', { title: 'web:page.people.users', permission: 'people.read', place: 'admin', nav: 'sub', words: ['people'], load: async () => (await import('../features/people/pages/users.tsx')).UsersPage }),
  page('/admin/users/$id', { title: 'web:page.people.users', permission: 'people.read', place: 'admin', nav: 'none', words: ['people'], load: async () => (await import('../features/people/pages/user.tsx')).UserPage }),
  page('/admin/roles', { title: 'web:page.people.roles', permission: 'people.read', place: 'admin', nav: 'sub', words: ['people'], load: async () => (await import('../features/people/pages/roles.tsx')).RolesPage }),
  page('/admin/duties', { title: 'web:page.people.duties', permission: 'people.read', place: 'admin', nav: 'sub', words: ['people'], load: async () => (await import('../features/people/pages/duties.tsx')).DutiesPage }),
  page('/admin/tokens', { title: 'web:page.people.tokens', permission: 'people.manage', place: 'admin', nav: 'sub', words: ['people'], load: async () => (await import('../features/people/pages/tokens.tsx')).TokensPage }),
  page('/admin/notices', { title: 'web:page.notices.admin', permission: 'notices.manage', place: 'admin', nav: 'sub', words: ['mailing', 'notices'], load: async () => (await import('../features/notices/pages/admin.tsx')).NoticesAdminPage }),

  // one's own notices and account
  page('/notices', { title: 'web:page.notices.inbox', permission: undefined, place: 'today', nav: 'none', words: ['mailing', 'notices'], load: async () => (await import('../features/notices/pages/inbox.tsx')).InboxPage }),
  page('/account/notices', { title: 'web:account.notices', permission: undefined, place: 'today', nav: 'none', words: ['mailing', 'notices'], load: async () => (await import('../features/notices/pages/preferences.tsx')).PreferencesPage }),
  page('/account/sessions', { title: 'web:account.sessions', permission: undefined, place: 'today', nav: 'none', words: [], load: async () => (await import('./account/sessions.tsx')).SessionsPage }),
];

/** Pages without frame and session. */
export const openPages: readonly OpenPage[] = [
  { path: '/sign-in', title: 'web:account.signIn', load: async () => (await import('./account/signin.tsx')).SignInPage },
  // The secret of a link stands behind a hash, which no browser sends; links that were given out with it in the path go on holding.
  page('/answer', { title: 'web:page.problems.answer', permission: undefined, place: 'service', nav: 'none', words: ['closing'], load: async () => (await import('../features/problems/closing/pages/answer.tsx')).AnswerPage }),
  page('/answer/$token', { title: 'web:page.problems.answer', permission: undefined, place: 'service', nav: 'none', words: ['closing'], load: async () => (await import('../features/problems/closing/pages/answer.tsx')).AnswerPage }),
  page('/mail', { title: 'web:page.notices.address', permission: undefined, place: 'today', nav: 'none', words: ['mailing'], load: async () => (await import('../features/notices/pages/address.tsx')).AddressPage }),
  page('/service/complain', { title: 'web:page.service.complain', permission: undefined, place: 'service', nav: 'none', words: ['service', 'problems'], load: async () => (await import('../features/service/desk/pages/open.ts')).ComplainPage }),
  page('/service/public', { title: 'web:page.service.public', permission: undefined, place: 'service', nav: 'none', words: ['service', 'problems'], load: async () => (await import('../features/service/desk/pages/open.ts')).PublicPage }),
  { path: '/password', title: 'web:account.changePassword', load: async () => (await import('./account/password.tsx')).PasswordPage },
];

/** The open page of a path; `/answer/…` by `/answer/$token`. */
export function openPageAt(pathname: string, extra: readonly OpenPage[] = []): OpenPage | undefined {
  return [...openPages, ...extra].find(({ path }) => fits(path, pathname));
}

function fits(path: string, pathname: string): boolean {
  const [wanted, parts] = [path.split('/'), pathname.split('/')];
  return wanted.length === parts.length && wanted.every((part, index) => part === parts[index] || (part.startsWith('$') && parts[index] !== ''));
}

/** The page that a path belongs to; one without parameters wins over one with. */
export function pageAt(pathname: string): PageEntry | undefined {
  const fitting = pages.filter(({ path }) => fits(path, pathname));
  return fitting.find(({ path }) => !path.includes('$')) ?? fitting[0];
}

/** The parts of a path that its entry names: `/projects/1` by `/projects/$id` is `{ id: '1' }`. */
export function partsOf(path: string, pathname: string): Readonly<Record<string, string>> {
  const given = pathname.split('/');
  return Object.fromEntries(path.split('/').flatMap((part, index) => (part.startsWith('$') ? [[part.slice(1), decoded(given[index] ?? '')]] : [])));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Fetches code and words of the page behind an address before it is opened. */
export function preload(href: string): void {
  if (!href.startsWith('/') || href.startsWith('/api/')) return;
  void pageAt(href.split(/[?#]/)[0] ?? '')?.load().catch(() => undefined); // opening it will tell what is wrong
}
