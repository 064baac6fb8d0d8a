// A server that ends as the product's does: `GET /?MS` is answered after so many milliseconds.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLeaving, lastOnItsConnection, leaveInOrder } from '@/lib/server/leaving';

const server = createServer((request, response) => {
  lastOnItsConnection(response);
  setTimeout(() => response.end(isLeaving() ? 'leaving' : 'here'), Number(request.url?.split('?')[1] ?? 0));
});
server.keepAliveTimeout = 75_000;
// What Next does with the signal.
process.on('SIGTERM', () => server.close(() => process.exit(143)));
leaveInOrder(1);
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
