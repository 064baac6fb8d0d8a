import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { witnessServer } from '../proof/witness/server';
import { WitnessStore } from '../proof/witness/store';

/**
 * `npm run witness -- --dir FOLDER --port 3900 --name witness.example.org --log VKEY`
 *
 * A separate process that cosigns the log's heads. It shares no database, key or folder with the log; run it
 * somewhere the log's keeper cannot reach. It trusts exactly the logs named by --log (kept in FOLDER/logs).
 */
const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: '.data/witness' },
    port: { type: 'string', default: '3900' },
    host: { type: 'string', default: '127.0.0.1' },
    name: { type: 'string', default: 'witness.localhost' },
    log: { type: 'string', multiple: true, default: [] },
    key: { type: 'boolean', default: false },
  },
});

const store = new WitnessStore(resolve(values.dir));
const signer = await store.signer(values.name);
for (const vkey of values.log) await store.trust(vkey);

if (values.key) {
  console.log(signer.vkey);
} else {
  const server = witnessServer({
    store,
    signer,
    onEvidence: (kind, origin) =>
      console.warn(`refused ${kind} of ${origin}; kept in ${store.folder}/evidence`),
  });
  server.listen(Number(values.port), values.host, () => {
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : values.port;
    console.log(`witness ${signer.name} listens on http://${values.host}:${port}`);
    console.log(`verifier key ${signer.vkey}`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      server.close();
      server.closeIdleConnections();
    });
}
