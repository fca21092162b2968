// Which answers of the server may be kept on the phone, for whom, and how long. The rules of the service worker without the worker, so that they can be
// tried: an answer that was under way when the session changed is not kept; whoever signs in finds nothing of who was here before.

export interface Cached {
  get(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
  clear(): Promise<void>;
}

export interface AnswerParts {
  readonly open: () => Promise<Cached>;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly now: () => number;
  readonly slowMs: number;
}

export interface Answers {
  /** One of the reads that the page needs without network. */
  wants(url: URL): boolean;
  /** From the server; what it last said, marked with its age, when it cannot be reached. */
  read(request: Request, url: URL): Promise<Response>;
  /** A session begins or ends. */
  turn(request: Request): Promise<Response>;
}

const SESSION = '/api/queries/people.session';
const KEPT: ReadonlySet<string> = new Set([SESSION, '/api/queries/dispatch.week']);
/** As long as a session lasts: afterwards nobody is signed in here. */
const KEPT_MS = 7 * 86_400_000;
export const STORED_AT = 'x-yugong-stored';

export function answersFor({ open, fetch, now, slowMs }: AnswerParts): Answers {
  // Counts the sessions that this worker has seen begin or end: an answer belongs to the one in which it was asked for.
  let turn = 0;
  let owner: string | undefined;

  const forget = async (): Promise<void> => {
    turn += 1;
    owner = undefined;
    await (await open()).clear();
  };

  const store = async (url: URL, response: Response, asked: number): Promise<void> => {
    const body = await response.text();
    if (url.pathname === SESSION) {
      const user = userIn(body);
      const before = owner ?? userIn(await textOf((await open()).get(SESSION)));
      if (before !== undefined && user !== before) {
        await forget();
        asked = turn;
      }
      owner = user;
    }
    if (asked !== turn) return;
    const headers = new Headers({ 'content-type': response.headers.get('content-type') ?? 'application/json', [STORED_AT]: new Date(now()).toISOString() });
    await (await open()).put(url.pathname === SESSION ? SESSION : url.pathname + url.search, new Response(body, { status: 200, headers }));
  };

  const stored = async (url: URL): Promise<Response | undefined> => {
    const found = await (await open()).get(url.pathname === SESSION ? SESSION : url.pathname + url.search);
    const at = Date.parse(found?.headers.get(STORED_AT) ?? '');
    return found !== undefined && now() - at < KEPT_MS ? found : undefined;
  };

  return {
    wants: (url) => KEPT.has(url.pathname),
    read: async (request, url) => {
      const asked = turn;
      let response: Response;
      try {
        response = await within(slowMs, fetch(request));
      } catch (error) {
        const found = await stored(url);
        if (found === undefined) throw error;
        return found;
      }
      if (response.status === 401) await forget();
      else if (response.ok) await store(url, response.clone(), asked).catch(() => undefined); // a full disk keeps nothing; the answer is there
      return response;
    },
    turn: async (request) => {
      await forget();
      const response = await fetch(request);
      await forget();
      return response;
    },
  };
}

async function within(milliseconds: number, work: Promise<Response>): Promise<Response> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await Promise.race([work, new Promise<Response>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('too slow')), milliseconds);
    })]);
  } finally {
    clearTimeout(timer);
  }
}

async function textOf(found: Promise<Response | undefined>): Promise<string> {
  return (await (await found)?.clone().text()) ?? '';
}

function userIn(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const user: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'user') : undefined;
    const id: unknown = typeof user === 'object' && user !== null ? Reflect.get(user, 'id') : undefined;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
