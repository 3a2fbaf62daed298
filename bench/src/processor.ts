import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second, whatever its clock (`USER_HZ`). */
const ticks = 100

/**
 * Processor seconds that a process, all below it, and all that ended below it have used so far. Only on Linux; NaN
 * elsewhere.
 */
export function processorSeconds(pid: number): number {
  return sum(tree(pid), (one) => {
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = statOf(one).slice(11, 15).map(Number)
    return (user + system + childUser + childSystem) / ticks
  })
}

/** Resident memory of a process and all below it, in MiB. */
export function residentMemory(pid: number): number {
  return sum(tree(pid), memoryOf)
}

/** Resident memory of a process alone, in MiB. */
export function ownMemory(pid: number): number {
  return sum([pid], memoryOf)
}

function memoryOf(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))
  return Number(line?.[1] ?? 0) / 1024
}

function sum(pids: readonly number[], of: (pid: number) => number): number {
  return process.platform === 'linux' ? pids.reduce((total, pid) => total + of(pid), 0) : Number.NaN
}

function tree(pid: number): number[] {
  const parents = new Map<number, number[]>()
  for (const one of readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)) {
    const parent = Number(statOf(one)[1] ?? 0)
    parents.set(parent, [...(parents.get(parent) ?? []), one])
  }
  const below = (one: number): number[] => [one, ...(parents.get(one) ?? []).flatMap(below)]
  return below(pid)
}

/** What follows the name in `/proc/PID/stat`, which may hold anything: state, parent, … (proc(5)). Empty once it is gone. */
function statOf(pid: number): string[] {
  const line = read(`/proc/${pid}/stat`)
  return line.slice(line.lastIndexOf(')') + 2).split(' ')
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
