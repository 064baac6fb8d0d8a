import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * The least a proxy in front does: shares requests out in turn among the servers that say at /api/ready?for=proxy that
 * they take some, over connections it keeps. It tries nothing twice, so that whatever a server breaks is seen.
 */
export class Balancer {
  private readonly takes = new Map<number, boolean>();
  private readonly agents = new Map<number, Agent>();
  private readonly server = createServer((request, response) => this.pass(request, response));
  private readonly look: NodeJS.Timeout;
  private readonly given = new Map<number, number>();
  private turn = 0;
  port = 0;

  /** Asks each server every `everyMs`. */
  constructor(
    private readonly ports: readonly number[],
    everyMs: number,
  ) {
    for (const port of ports) {
      this.agents.set(port, new Agent({ keepAlive: true, maxSockets: 64 }));
      this.takes.set(port, false);
    }
    this.look = setInterval(() => this.ports.forEach((port) => void this.ask(port)), everyMs);
  }

  async open(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    const address = this.server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
    return `http://127.0.0.1:${this.port}`;
  }

  takesRequests(port: number): boolean {
    return this.takes.get(port) === true;
  }

  /** How many requests this server was given. */
  served(port: number): number {
    return this.given.get(port) ?? 0;
  }

  close(): void {
    clearInterval(this.look);
    this.server.close();
    this.server.closeAllConnections();
    for (const agent of this.agents.values()) agent.destroy();
  }

  private async ask(port: number): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${port}/api/ready?for=proxy`, {
      signal: AbortSignal.timeout(3_000),
    }).catch(() => null);
    await answer?.arrayBuffer().catch(() => undefined);
    this.takes.set(port, answer?.status === 200);
  }

  private pass(request: IncomingMessage, response: ServerResponse): void {
    const open = this.ports.filter((port) => this.takesRequests(port));
    const port = open[(this.turn += 1) % open.length];
    if (port === undefined) {
      response.writeHead(502).end('nobody takes requests');
      return;
    }
    this.given.set(port, this.served(port) + 1);
    const { method, url, headers } = request;
    const onward = ask(
      { port, host: '127.0.0.1', method, path: url, headers, agent: this.agents.get(port) },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'x-served-by': String(port) });
        answer.pipe(response);
        answer.once('aborted', () => response.destroy());
      },
    );
    onward.once('error', (error) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end(`server ${port}: ${error.message}`);
    });
    request.pipe(onward);
  }
}
