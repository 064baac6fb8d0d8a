/**
 * The server's settings as command-line arguments: they are given afresh at each start, so that an old data folder
 * follows a new release without anybody editing its postgresql.conf.
 */
export const settingArguments = (port: number, throwAway: boolean): string[] =>
  Object.entries({
    ...laptop,
    port: String(port),
    ...(throwAway ? notDurable : {}),
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

const laptop = {
  listen_addresses: '127.0.0.1',
  // No socket file: its path has a length limit that a deep checkout would break.
  unix_socket_directories: '',
  max_connections: '120',
  shared_buffers: '128MB',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %d/%u ',
  // One megabyte of changes per minute is plenty for a demo; the default keeps 1 GB of log files around.
  max_wal_size: '512MB',
  // A program that died with an open transaction must not hold its locks for long.
  idle_in_transaction_session_timeout: '5min',
  // After a crash every file is brought to the disk before recovery begins: one by one that took two seconds of the
  // two and a half until it served again. Only Linux can ask for all of them at once.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
};

/** Twice as fast, and gone at a power cut. Tests only. */
const notDurable = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  autovacuum_naptime: '10min',
};
