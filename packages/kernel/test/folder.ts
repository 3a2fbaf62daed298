import { readFileSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const memory = '/dev/shm'
const enough = 4 * 1024 ** 3

/**
 * Where the databases of tests lie: in memory, where there is plenty of it. Making and removing hundreds of databases
 * costs the file system of a disk more than it costs PostgreSQL.
 */
export function folderForDatabases(): string {
  return isRoomy() ? memory : tmpdir()
}

function isRoomy(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory)
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .find((line) => line.split(' ')[1] === memory)
    // PostgreSQL may have to run from a copy beside its data.
    return bavail * bsize >= enough && mount !== undefined && !mount.includes('noexec')
  } catch {
    return false
  }
}
