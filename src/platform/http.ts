// HTTP: the edge between the outside and run()/ask(). It knows nothing of any feature: it reads the registry. It never answers
// with more than the caller may know, and a bug answers with an id alone.
import cookie from '@fastify/cookie';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { newId } from '../kernel/ids.ts';
import { refuse, Refusal } from '../kernel/refuse.ts';
import type { Actor } from './actor.ts';
import type { Reply } from './command.ts';
import type { Env, Registry } from './feature.ts';
import type { Log } from './log.ts';
import { openapi } from './openapi.ts';
import { faultOf, problemOf } from './problem.ts';
import { limitRate, type RateLimits } from './rate.ts';
import type { Running } from './running.ts';
import { serveWeb } from './static.ts';
import { localeOf, type Locale, type Texts } from './texts.ts';

export interface HttpParts {
  readonly registry: Registry;
  readonly texts: Texts;
  readonly log: Log;
  /** Who calls; undefined = nobody signed in. */
  readonly authenticate: (request: { cookieToken?: string; bearer?: string; address: string; agent: string }) => Promise<Actor | undefined>;
  readonly anonymous: (locale: Locale) => Actor;
  readonly run: (actor: Actor, name: string, input: unknown, options: { key: string; ifVersion?: number; env: Partial<Env> }) => Promise<Reply>;
  readonly ask: (actor: Actor, name: string, input: unknown, env: Partial<Env>) => Promise<unknown>;
  readonly download: (actor: Actor, name: string, query: Record<string, unknown>, env: Partial<Env>) => Promise<{ fileName: string; mediaType: string; content: NodeJS.ReadableStream }>;
  readonly upload: (actor: Actor, file: { name: string; content: import('node:stream').Readable }, env: Partial<Env>) => Promise<unknown>;
  readonly openFile: (actor: Actor, sha256: string) => Promise<{ content: NodeJS.ReadableStream; mediaType: string; name: string } | undefined>;
  readonly ready: () => Promise<boolean>;
  readonly limits: { readonly bodyBytes: number; readonly uploadBytes: number; readonly requestSeconds: number };
  readonly rate: RateLimits;
  /** Cookies carry Secure and the __Host- prefix. */
  readonly secure: boolean;
  /** How many proxies in front add to X-Forwarded-For; 0 = the caller's own connection counts. */
  readonly trustProxy: number;
  /** The built pages. */
  readonly webFolder: string;
  /** The page of the week may be kept on a phone and opened without network. */
  readonly offline: boolean;
  readonly version: string;
  /** Which requests are in hand, for the stop. */
  readonly running: Running;
}

const DAY_SECONDS = 86_400;
// Commands whose output carries a session token: it goes into the cookie and never into the body.
const SIGNS_IN = new Set(['people.sign_in', 'people.demo_sign_in', 'people.change_password']);
const LANGUAGE_COOKIE = 'yugong_lang';

export async function makeHttp(parts: HttpParts): Promise<FastifyInstance> {
  // What comes while the server stops is refused by us, in words, and not by fastify.
  const app = fastify({ return503OnClosing: false, bodyLimit: parts.limits.bodyBytes, trustProxy: trusting(parts.trustProxy), logger: false, requestTimeout: parts.limits.requestSeconds * 1000, keepAliveTimeout: 65_000, routerOptions: { maxParamLength: 120 } });
  const sessionCookie = parts.secure ? '__Host-yugong_session' : 'yugong_session';
  await app.register(cookie);
  await secureHeaders(app, parts.secure);
  // Answers are packed; a packed request is not unpacked, so that nobody can send a bomb.
  await app.register(compress, { threshold: 2048, encodings: ['gzip'], globalDecompression: false });
  await app.register(multipart, { limits: { files: 1, fields: 10, fileSize: parts.limits.uploadBytes + 1, parts: 12 } });
  parts.running.follow(app);
  limitRate(app, parts.rate, (request) => request.ip);
  answerErrors(app, parts);

  const envOf = (request: FastifyRequest): Partial<Env> => ({ requestId: request.id, address: request.ip, agent: (request.headers['user-agent'] ?? '').slice(0, 200) });
  const actorOf = async (request: FastifyRequest): Promise<Actor> => {
    const bearer = /^Bearer (\S{10,200})$/.exec(request.headers.authorization ?? '')?.[1];
    const token = request.cookies[sessionCookie];
    const found = await parts.authenticate({
      ...(token === undefined ? {} : { cookieToken: token }), ...(bearer === undefined ? {} : { bearer }),
      address: request.ip, agent: (request.headers['user-agent'] ?? '').slice(0, 200),
    });
    const locale = localeOf(request.cookies[LANGUAGE_COOKIE], request.headers['accept-language']);
    return found === undefined ? parts.anonymous(locale) : { ...found, locale: request.cookies[LANGUAGE_COOKIE] === undefined ? found.locale : locale };
  };

  app.get('/healthz', async (_request, reply) => {
    if (await parts.ready()) return reply.header('cache-control', 'no-store').send({ status: 'ok' });
    return reply.code(503).send({ status: 'unavailable' });
  });

  app.post<{ Params: { name: string } }>('/api/commands/:name', async (request, reply) => {
    assertOwnOrigin(request);
    const known = parts.registry.commands.get(request.params.name);
    const actor = known?.parts.nobody === true ? parts.anonymous(localeOf(request.cookies[LANGUAGE_COOKIE], request.headers['accept-language'])) : await actorOf(request);
    const command = known ?? refuse('platform.not_found', { name: request.params.name });
    assertSignedIn(actor, command.permission, request.params.name);
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || key.length < 8 || key.length > 200) refuse('platform.key_required', {});
    const version = versionOf(request.headers['if-match']);
    const done = await parts.run(actor, request.params.name, request.body ?? {}, { key, ...(version === undefined ? {} : { ifVersion: version }), env: envOf(request) });
    if (done.version !== null) reply.header('etag', `"${done.version}"`);
    if (done.repeated) reply.header('idempotent-replayed', 'true');
    return reply.header('cache-control', 'no-store').send(signIn(request.params.name, done.output, reply, sessionCookie, parts.secure) ?? {});
  });

  app.get<{ Params: { name: string }; Querystring: Record<string, unknown> }>('/api/queries/:name', async (request, reply) => {
    const actor = await actorOf(request);
    const query = parts.registry.queries.get(request.params.name) ?? refuse('platform.not_found', { name: request.params.name });
    if (query.contract.inBody) refuse('platform.ask_in_body', { name: request.params.name });
    assertSignedIn(actor, query.permission, request.params.name);
    const output = await parts.ask(actor, request.params.name, query.parse(request.query), envOf(request));
    const version = versionIn(output);
    if (version !== undefined) reply.header('etag', `"${version}"`);
    return reply.header('cache-control', 'no-store').send(output);
  });

  // What is asked is a secret: in an address every proxy on the way would write it down.
  app.post<{ Params: { name: string } }>('/api/queries/:name', async (request, reply) => {
    const actor = await actorOf(request);
    const query = parts.registry.queries.get(request.params.name);
    if (query?.contract.inBody !== true) refuse('platform.not_found', { name: request.params.name });
    assertSignedIn(actor, query.permission, request.params.name);
    return reply.header('cache-control', 'no-store').send(await parts.ask(actor, request.params.name, request.body ?? {}, envOf(request)));
  });

  app.get<{ Params: { name: string }; Querystring: Record<string, unknown> }>('/api/downloads/:name', async (request, reply) => {
    const actor = await actorOf(request);
    // What anybody may fetch says so itself: an address that is its own secret.
    assertSignedIn(actor, parts.registry.downloads.get(request.params.name)?.permission === 'public' ? 'public' : 'signed-in', request.params.name);
    const made = await parts.download(actor, request.params.name, request.query, envOf(request));
    return sendFile(reply, made, 'attachment');
  });

  app.post('/api/files', async (request, reply) => {
    assertOwnOrigin(request);
    const actor = await actorOf(request);
    assertSignedIn(actor, 'signed-in', 'platform.upload_file');
    const part = await request.file();
    if (part === undefined) refuse('platform.invalid', { errors: [{ path: 'file', rule: 'required', params: {} }] });
    return reply.send(await parts.upload(actor, { name: part.filename, content: part.file }, envOf(request)));
  });

  app.get<{ Params: { id: string } }>('/api/files/:id', async (request, reply) => {
    const actor = await actorOf(request);
    assertSignedIn(actor, 'signed-in', 'platform.file');
    const found = /^[0-9a-f]{64}$/.test(request.params.id) ? await parts.openFile(actor, request.params.id) : undefined;
    if (found === undefined) refuse('platform.not_found', {});
    reply.header('content-security-policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'");
    return sendFile(reply, { fileName: found.name, mediaType: found.mediaType, content: found.content }, found.mediaType.startsWith('image/') ? 'inline' : 'attachment');
  });

  app.get('/api/openapi.json', async (_request, reply) => reply.send(openapi(parts.registry, parts.version)));
  await serveWeb(app, parts.webFolder, parts.offline);
  return app;
}

// The headers are the same for every answer: helmet says them once, on a request of our own at the start, and not again for each.
async function secureHeaders(app: FastifyInstance, secure: boolean): Promise<void> {
  const once = fastify();
  await once.register(helmet, helmetOptions(secure));
  once.get('/', async () => '');
  const { headers } = await once.inject('/');
  await once.close();
  const own = new Set(['content-type', 'content-length', 'date', 'connection']);
  const fixed = Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' && !own.has(name) ? [[name, value]] : [])));
  app.addHook('onRequest', async (_request, reply) => void reply.headers(fixed));
}

// Counted from our end: hop 0 is the connection itself. A number is not given to fastify, which then trusts nobody.
function trusting(proxies: number): false | ((address: string, hop: number) => boolean) {
  return proxies === 0 ? false : (_address, hop) => hop < proxies;
}

function helmetOptions(secure: boolean): Parameters<FastifyInstance['register']>[1] {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"], scriptSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:', 'blob:'], fontSrc: ["'self'"],
        connectSrc: ["'self'"], objectSrc: ["'none'"], baseUri: ["'none'"], frameAncestors: ["'none'"], formAction: ["'self'"], workerSrc: ["'self'"],
      },
    },
    strictTransportSecurity: secure,
    referrerPolicy: { policy: 'same-origin' },
  };
}

function answerErrors(app: FastifyInstance, parts: HttpParts): void {
  app.setErrorHandler((error: unknown, request, reply) => {
    const locale = localeOf(request.cookies[LANGUAGE_COOKIE], request.headers['accept-language']);
    reply.header('cache-control', 'no-store').type('application/problem+json; charset=utf-8');
    const refusal = error instanceof Refusal ? error : refusalOf(error);
    if (refusal !== undefined) {
      const problem = problemOf(refusal, locale, parts.texts);
      const wait = refusal.details['retryAfterSeconds'];
      if (typeof wait === 'number') reply.header('retry-after', String(Math.ceil(wait)));
      return reply.code(problem.status).send(JSON.stringify(problem));
    }
    const id = newId();
    parts.log.error('fault', { id, method: request.method, path: request.url.split('?')[0], error });
    return reply.code(500).send(JSON.stringify(faultOf(id, locale, parts.texts)));
  });
}

// What fastify itself refuses, in our own words.
function refusalOf(error: unknown): Refusal | undefined {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status === 413) return new Refusal('platform.too_large');
  if (status === 415) return new Refusal('platform.unsupported_media_type');
  if (status === 404) return new Refusal('platform.not_found');
  if (status === 429) return new Refusal('platform.too_many_requests');
  if (status >= 400 && status < 500) return new Refusal('platform.malformed');
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  if (error instanceof Error && BROKEN_FORM.test(error.message)) return new Refusal('platform.malformed');
  if (AWAY.has(String(code)) || isAway(error)) return new Refusal('platform.unavailable');
  if (code === '57014') return new Refusal('platform.took_too_long');
  return undefined;
}

// The words of the reader of uploads for a form that is cut off or none at all; it gives no status.
const BROKEN_FORM = /^(Multipart: |Unexpected end of multipart|Part terminated early|Malformed part header|Malformed content type)/;

// No connection, or one that breaks; a server that is told to stop (57P01), loses a process (57P02), starts (57P03) or is full.
const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '08003', '08006', '57P01', '57P02', '57P03', '53300', 'ENOSPC', '53100']);

// The driver's words (it gives no code) for a database that ended, is starting again, has no connection free, or was let go.
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /^(timeout exceeded when trying to connect|Connection terminated|Cannot use a pool after calling end|Client has encountered a connection error|Client was closed)/.test(error.message) || ('syscall' in error && error.syscall === 'connect');
}

// A change by cookie must come from our own pages: another site's form or script has another origin, or none at all.
function assertOwnOrigin(request: FastifyRequest): void {
  if (request.headers.authorization !== undefined) return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') refuse('platform.bad_origin', {});
  const origin = request.headers.origin;
  if (origin === undefined) refuse('platform.bad_origin', {});
  const host = URL.canParse(origin) ? new URL(origin).host : '';
  if (host !== request.host) refuse('platform.bad_origin', {});
}

// With a first password nothing is open but what leads to a new one.
const OPEN_BEFORE_CHANGE = new Set(['people.session', 'people.change_password', 'people.sign_out', 'people.set_locale']);

function assertSignedIn(actor: Actor, permission: string, name: string): void {
  if (permission === 'public') return;
  if (actor.sessionId === undefined) refuse('platform.not_signed_in', {});
  if (actor.mustChangePassword === true && !OPEN_BEFORE_CHANGE.has(name)) refuse('people.password_change_required', {});
}

function versionOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const found = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim());
  if (found === null) refuse('platform.invalid', { errors: [{ path: 'If-Match', rule: 'format', params: {} }] });
  return Number(found[1]);
}

function versionIn(output: unknown): number | undefined {
  return typeof output === 'object' && output !== null && 'version' in output && typeof output.version === 'number' ? output.version : undefined;
}

function signIn(name: string, output: unknown, reply: FastifyReply, cookieName: string, secure: boolean): unknown {
  // Not "storage": what waits in the outbox of a phone would be lost. The pages clear the rest (web/offline/leaving.ts).
  if (name === 'people.sign_out') reply.clearCookie(cookieName, { path: '/' }).header('clear-site-data', '"cache"');
  if (!SIGNS_IN.has(name) || typeof output !== 'object' || output === null || !('token' in output) || typeof output.token !== 'string') return output;
  const { token, ...rest } = output;
  reply.setCookie(cookieName, token, { path: '/', httpOnly: true, sameSite: 'strict', secure, maxAge: 7 * DAY_SECONDS });
  return rest;
}

function sendFile(reply: FastifyReply, file: { fileName: string; mediaType: string; content: NodeJS.ReadableStream }, disposition: 'inline' | 'attachment'): FastifyReply {
  const name = encodeURIComponent(file.fileName.replaceAll(/[\r\n"\\/]/g, '_'));
  return reply
    .header('content-disposition', `${disposition}; filename*=UTF-8''${name}`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .type(file.mediaType)
    .send(file.content);
}
