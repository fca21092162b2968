// The world outside for tests of notices: a real mail server and a real receiver in the web, which misbehave as they are told.
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Letter { readonly to: string; readonly messageId: string; readonly subject: string; readonly text: string }

export interface MailHouse {
  readonly url: string;
  readonly port: number;
  readonly letters: Letter[];
  /** What it does with an address, by itself: takes it. */
  behave: (to: string) => 'take' | 'refuse' | 'later' | 'hang' | 'die';
  down(): Promise<void>;
  up(): Promise<void>;
}

/** `smtp://` without TLS on the loopback; signs in with any name and the password `right`. */
export async function mailHouse(): Promise<MailHouse> {
  let server: SMTPServer | undefined;
  const sockets = new Set<Socket>();
  const house: { -readonly [Name in keyof MailHouse]: MailHouse[Name] } = { url: '', port: 0, letters: [], behave: () => 'take', up: async () => undefined, down: async () => undefined };
  const make = (): SMTPServer => new SMTPServer({
    disabledCommands: ['STARTTLS'], allowInsecureAuth: true, authOptional: true, logger: false, closeTimeout: 100,
    onAuth: (auth, _session, done) => (auth.password === 'right' ? done(null, { user: auth.username }) : done(new Error('Invalid username or password'))),
    onRcptTo: (address, _session, done) => {
      switch (house.behave(address.address)) {
        case 'refuse': return done(Object.assign(new Error('5.1.1 no such user'), { responseCode: 550 }));
        case 'later': return done(Object.assign(new Error('4.2.2 mailbox full'), { responseCode: 452 }));
        case 'hang': return undefined;
        default: return done();
      }
    },
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo.map((one) => one.address).join();
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => {
        parts.push(part);
        if (house.behave(to) === 'die') for (const socket of sockets) socket.destroy();
      });
      stream.on('end', () => {
        if (house.behave(to) === 'die') return;
        house.letters.push(letterOf(to, Buffer.concat(parts).toString('utf8')));
        done();
      });
    },
  });
  house.up = async () => {
    const own = make();
    own.on('error', () => undefined);
    own.server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((ready) => void own.listen(house.port, '127.0.0.1', ready));
    server = own;
    house.port = (own.server.address() as AddressInfo).port;
    house.url = `smtp://127.0.0.1:${String(house.port)}`;
  };
  house.down = () => new Promise((closed) => (server === undefined ? closed() : server.close(() => closed())));
  await house.up();
  return house;
}

function letterOf(to: string, source: string): Letter {
  const [head = '', ...rest] = source.split('\r\n\r\n');
  const header = (name: string): string => new RegExp(`^${name}: ((?:.*)(?:\\r\\n[ \\t].*)*)`, 'im').exec(head)?.[1]?.replace(/\r\n[ \t]+/g, ' ') ?? '';
  const subject = header('Subject').replace(/\?= =\?/g, '?==?').replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) => (kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString('utf8') : decodeQuoted(text.replaceAll('_', ' '))));
  const body = rest.join('\r\n\r\n');
  const plain = /Content-Type: text\/plain[^]*?\r\n\r\n([^]*?)\r\n--/i.exec(`${head}\r\n\r\n${body}`);
  const encoded = /Content-Transfer-Encoding: base64/i.test(plain?.[0] ?? '');
  return { to, messageId: header('Message-ID'), subject, text: encoded ? Buffer.from(plain?.[1] ?? '', 'base64').toString('utf8') : decodeQuoted((plain?.[1] ?? '').replaceAll('=\r\n', '')) };
}

function decodeQuoted(text: string): string {
  return Buffer.from(text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString('utf8');
}

export interface Call { readonly path: string; readonly headers: http.IncomingHttpHeaders; readonly body: string }

export interface Hook {
  readonly url: string;
  readonly calls: Call[];
  /** Status and body that it answers with; undefined: it says nothing. */
  answer: (call: Call) => { readonly status: number; readonly body?: string; readonly headers?: http.OutgoingHttpHeaders } | undefined;
  close(): Promise<void>;
}

/** Plain HTTP on the loopback: an operator must have allowed it. */
export async function hook(): Promise<Hook> {
  const calls: Call[] = [];
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => void parts.push(part));
    request.on('end', () => {
      const call = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString('utf8') };
      calls.push(call);
      const said = made.answer(call);
      if (said !== undefined) response.writeHead(said.status, said.headers).end(said.body ?? '');
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const made: Hook = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, calls, answer: () => ({ status: 200, body: '{"errcode":0,"errmsg":"ok"}' }),
    close: () => new Promise((closed) => {
      server.closeAllConnections();
      server.close(() => closed());
    }),
  };
  return made;
}
