// Where to go when the session has ended. Only ever leads to a page of this site.

// Before there is a router, the place to go to is remembered.
let waiting: string | undefined;
let leave: (href: string) => void = (href) => {
  waiting = href;
};

/** The router tells how to move without loading the page again. */
export function leaveWith(how: (href: string) => void): void {
  leave = how;
  if (waiting !== undefined) how(waiting);
  waiting = undefined;
}

export function signedOut(): void {
  const { pathname, search } = window.location;
  if (pathname === '/sign-in') return;
  leave(`/sign-in?back=${encodeURIComponent(pathname + search)}`);
}

export function passwordDue(): void {
  if (window.location.pathname !== '/password') leave('/password');
}

/** The path to return to, if it is one of ours; else the first page. */
export function safeBack(back: string | null | undefined): string {
  if (back === null || back === undefined || !back.startsWith('/') || back.startsWith('//') || back.includes('\\')) return '/';
  const url = new URL(back, 'http://here.invalid');
  return url.host === 'here.invalid' && !url.pathname.startsWith('/sign-in') ? url.pathname + url.search + url.hash : '/';
}
