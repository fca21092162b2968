// Who reads: user, permissions, zone and the zone's day. Hides what may not be done; the server alone decides.
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { OutputOf } from '../kernel/contract.ts';
import { read, useRead } from './client.ts';
import { draftsOf } from './form/draft.ts';
import { getSession } from '../features/people/signin/contract.ts';
import { Problem } from './parts/problem.tsx';
import { Loading } from './parts/loading.tsx';

export type SessionData = OutputOf<typeof getSession>;

export interface Session {
  readonly user: SessionData['user'];
  readonly zone: SessionData['zone'];
  /** The zone's day: 'YYYY-MM-DD'. The demonstration zone stands still. Never use the browser's clock for a day. */
  readonly today: string;
  readonly permissions: ReadonlySet<string>;
  readonly can: (permission: string) => boolean;
}

const Context = createContext<Session | undefined>(undefined);

/** The session within the frame. */
export function useSession(): Session {
  const session = useContext(Context);
  if (session === undefined) throw new Error('useSession outside of the frame');
  return session;
}

/** The session as `useRead` asks for it, to be asked for ahead. */
export function sessionQuery() {
  return { queryKey: [getSession.name, {}], queryFn: async () => read(getSession, {}) };
}

/** Loads the session before its content; a missing one leads to the sign-in page by itself (client.ts). */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const read = useRead(getSession, {});
  if (read.data === undefined) {
    if (read.error !== undefined && read.error.status !== 401) return <main className="alone"><Problem error={read.error} onRetry={read.again} /></main>;
    return <main className="alone"><Loading lines={6} /></main>;
  }
  return <SessionProvider data={read.data}>{children}</SessionProvider>;
}

/** For the gallery and for tests of pages. */
export function SessionProvider({ data, children }: { readonly data: SessionData; readonly children: ReactNode }) {
  const session = useMemo<Session>(() => {
    draftsOf(data.user.id);
    const permissions = new Set(data.permissions);
    return { user: data.user, zone: data.zone, today: data.zone.today, permissions, can: (permission) => permissions.has(permission) };
  }, [data]);
  return <Context value={session}>{children}</Context>;
}
