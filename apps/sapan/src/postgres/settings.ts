import { totalmem } from 'node:os'

const GIB = 1024 ** 3

/**
 * Settings of the server, as arguments of `postgres`. Durable by default; `fsync: false` is for tests, whose data may
 * be lost. The log holds what the server does, never a statement or a row: those can hold a person's data.
 */
export function settings({ port, fsync }: { port: number; fsync: boolean }): string[] {
  const small = !fsync || totalmem() < 2 * GIB
  const values: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: small ? '64MB' : '256MB',
    fsync: fsync ? 'on' : 'off',
    full_page_writes: fsync ? 'on' : 'off',
    synchronous_commit: fsync ? 'on' : 'off',
    // Old log segments are written over instead of made anew: a commit then waits for its own bytes only.
    wal_recycle: 'on',
    min_wal_size: fsync ? '1GB' : '80MB',
    max_wal_size: fsync ? '4GB' : '1GB',
    checkpoint_timeout: '15min',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    jit: 'off',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
