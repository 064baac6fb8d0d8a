import type { Socket } from 'node:net';
import pg from 'pg';

/**
 * A pool that outlives its connections: one that breaks while nobody uses it is expected when the database restarts,
 * and without these handlers Node would end the process. Whoever asks next gets a new one or a named error.
 *
 * @param silenceMs a connection that is asked and says nothing for so long is given up. The server keeps its own time
 * limits, but a frozen machine or a cut line keeps none; longer than the longest statement.
 */
export const lastingPool = (config: pg.PoolConfig, silenceMs?: number): pg.Pool => {
  const pool = new pg.Pool(config);
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    if (silenceMs !== undefined) giveUpSilence(client as Asked, silenceMs);
  });
  return pool;
};

type Asked = pg.PoolClient & {
  readonly connection: { readonly stream: Socket };
  readonly readyForQuery: boolean;
};

/** Whoever waits for the answer hears ETIMEDOUT; whether it was done is then found out by asking again. */
const giveUpSilence = (client: Asked, silenceMs: number): void => {
  const { stream } = client.connection;
  stream.setTimeout(silenceMs, () => {
    if (client.readyForQuery) return;
    stream.destroy(Object.assign(new Error('the database says nothing'), { code: 'ETIMEDOUT' }));
  });
};
