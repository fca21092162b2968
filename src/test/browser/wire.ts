// A wire between a phone and the server, which can be cut: so that the service worker is without network as well, not the page alone.
import { createServer, connect, type Server, type Socket } from 'node:net';

/** A wire that can be cut, between the phone and the server. */
export class Wire {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  up = true;
  /** Cuts the connection as soon as the server has answered a request whose head holds this: the answer is lost. */
  loseAnswerTo: string | undefined;
  address = '';

  constructor(port: number) {
    this.#server = createServer((phone) => {
      if (!this.up) return void phone.destroy();
      const house = connect(port, '127.0.0.1');
      for (const socket of [phone, house]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => { this.#sockets.delete(socket); phone.destroy(); house.destroy(); });
      }
      let losing = false;
      phone.on('data', (bytes) => { losing ||= this.loseAnswerTo !== undefined && bytes.includes(this.loseAnswerTo); house.write(bytes); });
      house.on('data', (bytes) => (losing ? phone.destroy() : phone.write(bytes)));
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const bound = this.#server.address();
    this.address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? String(bound.port) : ''}`;
  }

  cut(): void {
    this.up = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}
