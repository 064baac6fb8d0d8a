// A server of the product's acts in a process of its own, which kills itself, as kill -9 would, when an act has come to
// the point it was told: `… app-child.ts APP_DATABASE_URL PORT POINT NTH SECRET`. `POST /gift/KEY` books a gift,
// `POST /webhook` receives a signed delivery. The point is a statement's beginning, `before` it, when
// it is `sent` or `after` its answer, or `reply`.
import { createServer } from 'node:http';
import { connect } from '@/db/connect';
import { createStripeGateway } from '@/lib/payments/stripe.gateway';
import { receiveWebhook } from '@/lib/payments/webhook.flow';
import { watchStatements } from '../support/watched-statements';
import { giveGift } from './acts';

const [url = '', port = '0', point = '', nth = '0', webhookSecret = ''] = process.argv.slice(2);

let met = 0;
const dieAt = (here: string): void => {
  if (!here.startsWith(point)) return;
  met += 1;
  if (met !== Number(nth)) return;
  process.kill(process.pid, 'SIGKILL');
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
};

watchStatements(dieAt);

const db = connect(url, { max: 4, prepare: true });
const gateway = createStripeGateway({
  secretKey: 'sk_test_standin',
  webhookSecret,
  apiBase: 'http://127.0.0.1:9',
  timeoutMs: 1_000,
});

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    void (async () => {
      const path = request.url ?? '';
      if (path.startsWith('/gift/')) {
        const asked = await giveGift(db, decodeURIComponent(path.slice('/gift/'.length)));
        dieAt('reply to a gift');
        return response
          .writeHead('done' in asked ? 200 : 503)
          .end('done' in asked ? asked.done : asked.doubt);
      }
      const signature = request.headers['stripe-signature'];
      const { status } = await receiveWebhook(
        Buffer.concat(parts),
        typeof signature === 'string' ? signature : null,
        { gateway, db },
      );
      dieAt('reply to a webhook');
      return response.writeHead(status).end();
    })().catch(() => response.writeHead(500).end('thrown'));
  });
});
server.listen(Number(port), '127.0.0.1');
