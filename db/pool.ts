import pg from 'pg';

/**
 * A pool that outlives its connections: one that breaks while nobody uses it is expected when the database restarts,
 * and without these handlers Node would end the process. Whoever asks next gets a new one or a named error.
 */
export const lastingPool = (config: pg.PoolConfig): pg.Pool => {
  const pool = new pg.Pool(config);
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};
