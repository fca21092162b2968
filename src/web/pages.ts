// The table of contents of the browser: every page with its path, who may see it and where it stands in the navigation.
// A page is added here by one line and loaded only when it is opened.
import type { ComponentType } from 'react';

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
  /** Key of its title, for the browser's tab and the navigation: `projects:nav.list`. */
  readonly title: string;
  /** Compulsory permission; `undefined` = everyone who is signed in. */
  readonly permission: string | undefined;
  readonly place: Place;
  /** `top`: the word itself opens this page. `sub`: stands below the word. `none`: is reached from elsewhere. */
  readonly nav: 'top' | 'sub' | 'none';
  readonly load: () => Promise<ComponentType>;
}

/** Checks the shape while keeping the line short. */
function page(path: string, entry: Omit<PageEntry, 'path'>): PageEntry {
  return { path, ...entry };
}

export const pages: readonly PageEntry[] = [
  // 今日
  page('/', { title: 'portfolio:nav.today', permission: undefined, place: 'today', nav: 'top', load: async () => (await import('../features/projects/portfolio/pages/today.tsx')).TodayPage }),

  // 项目
  page('/projects', { title: 'projects:nav.list', permission: 'projects.read', place: 'projects', nav: 'top', load: async () => (await import('../features/projects/register/pages/list.tsx')).ListPage }),
  page('/projects/new', { title: 'projects:nav.new', permission: 'projects.create', place: 'projects', nav: 'none', load: async () => (await import('../features/projects/register/pages/edit.tsx')).NewPage }),
  page('/projects/$id', { title: 'projects:nav.record', permission: 'projects.read', place: 'projects', nav: 'none', load: async () => (await import('../features/projects/register/pages/record.tsx')).RecordPage }),
  page('/projects/$id/edit', { title: 'projects:nav.edit', permission: 'projects.edit', place: 'projects', nav: 'none', load: async () => (await import('../features/projects/register/pages/edit.tsx')).EditPage }),
  page('/projects/$id/lifecycle', { title: 'lifecycle:tab.title', permission: 'projects.read', place: 'projects', nav: 'none', load: async () => (await import('../features/projects/lifecycle/pages/page.tsx')).LifecyclePage }),

  page('/import', { title: 'imports:nav.import', permission: 'projects.import', place: 'projects', nav: 'sub', load: async () => (await import('../features/projects/imports/pages/start.tsx')).StartImportPage }),
  page('/import/$id', { title: 'imports:nav.import', permission: 'projects.import', place: 'projects', nav: 'none', load: async () => (await import('../features/projects/imports/pages/import.tsx')).ImportPage }),

  // 推进
  page('/reports', { title: 'reports:nav.board', permission: 'projects.read', place: 'drive', nav: 'sub', load: async () => (await import('../features/projects/reports/pages/board.tsx')).BoardPage }),
  page('/reports/new', { title: 'reports:nav.quick', permission: 'projects.report', place: 'drive', nav: 'none', load: async () => (await import('../features/projects/reports/pages/quick.tsx')).QuickPage }),
  page('/milestones', { title: 'plan:nav.gantt', permission: 'projects.read', place: 'drive', nav: 'sub', load: async () => (await import('../features/projects/plan/pages/gantt.tsx')).GanttPage }),
  page('/effect-due', { title: 'lifecycle:nav.effectDue', permission: 'projects.read', place: 'drive', nav: 'sub', load: async () => (await import('../features/projects/lifecycle/pages/due.tsx')).EffectDuePage }),
  page('/warnings', { title: 'warnings:nav.lights', permission: 'projects.read', place: 'drive', nav: 'sub', load: async () => (await import('../features/projects/warnings/pages/lights.tsx')).LightsPage }),
  page('/warnings/rules', { title: 'warnings:nav.rules', permission: 'projects.read', place: 'admin', nav: 'sub', load: async () => (await import('../features/projects/warnings/pages/rules.tsx')).RulesPage }),

  // 研判
  page('/portfolio', { title: 'portfolio:nav.portfolio', permission: 'projects.read', place: 'analysis', nav: 'sub', load: async () => (await import('../features/projects/portfolio/pages/portfolio.tsx')).PortfolioPage }),

  // 管理
  page('/reports/calendar', { title: 'reports:nav.calendar', permission: 'projects.rules', place: 'admin', nav: 'sub', load: async () => (await import('../features/projects/reports/pages/calendar.tsx')).CalendarPage }),
  page('/milestones/templates', { title: 'plan:nav.templates', permission: 'projects.rules', place: 'admin', nav: 'sub', load: async () => (await import('../features/projects/plan/pages/templates.tsx')).TemplatesPage }),
  page('/lifecycle/rules', { title: 'lifecycle:nav.rules', permission: 'projects.read', place: 'admin', nav: 'sub', load: async () => (await import('../features/projects/lifecycle/pages/rules.tsx')).LifecycleRulesPage }),
  page('/admin/organisations', { title: 'people:nav.organisations', permission: 'people.read', place: 'admin', nav: 'sub', load: async () => (await import('../features/people/pages/organisations.tsx')).OrganisationsPage }),
  page('/admin/users', { title: 'people:nav.users', permission: 'people.read', place: 'admin', nav: 'sub', load: async () => (await import('../features/people/pages/users.tsx')).UsersPage }),
  page('/admin/users/$id', { title: 'people:nav.users', permission: 'people.read', place: 'admin', nav: 'none', load: async () => (await import('../features/people/pages/user.tsx')).UserPage }),
  page('/admin/roles', { title: 'people:nav.roles', permission: 'people.read', place: 'admin', nav: 'sub', load: async () => (await import('../features/people/pages/roles.tsx')).RolesPage }),
  page('/admin/duties', { title: 'people:nav.duties', permission: 'people.read', place: 'admin', nav: 'sub', load: async () => (await import('../features/people/pages/duties.tsx')).DutiesPage }),
  page('/admin/tokens', { title: 'people:nav.tokens', permission: 'people.manage', place: 'admin', nav: 'sub', load: async () => (await import('../features/people/pages/tokens.tsx')).TokensPage }),

  // one's own account
  page('/account/sessions', { title: 'web:account.sessions', permission: undefined, place: 'today', nav: 'none', load: async () => (await import('./account/sessions.tsx')).SessionsPage }),
];

/** Pages without frame and session. */
export const openPages: readonly Pick<PageEntry, 'path' | 'title' | 'load'>[] = [
  { path: '/sign-in', title: 'web:account.signIn', load: async () => (await import('./account/signin.tsx')).SignInPage },
  { path: '/password', title: 'web:account.changePassword', load: async () => (await import('./account/password.tsx')).PasswordPage },
];

/** The page that a path belongs to; one without parameters wins over one with. */
export function pageAt(pathname: string): PageEntry | undefined {
  const parts = pathname.split('/');
  const fits = pages.filter(({ path }) => {
    const wanted = path.split('/');
    return wanted.length === parts.length && wanted.every((part, index) => part === parts[index] || part.startsWith('$'));
  });
  return fits.find(({ path }) => !path.includes('$')) ?? fits[0];
}

/** Fetches the code of the page behind an address before it is opened. */
export function preload(href: string): void {
  if (!href.startsWith('/') || href.startsWith('/api/')) return;
  void pageAt(href.split(/[?#]/)[0] ?? '')?.load().catch(() => undefined); // opening it will tell what is wrong
}
