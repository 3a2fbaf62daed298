import { Worker } from 'node:worker_threads'

const watch = `
setInterval(() => process.ppid === ${process.ppid} || process.kill(process.pid, 'SIGKILL'), 1000)
`

/** Ends this process when the one that started it is gone, also in the middle of a file that keeps it busy. */
export function endWithParent(): void {
  process.on('disconnect', () => process.exit(0))
  // A terminal's Ctrl-C goes to all its processes: the parent decides when this one ends.
  process.on('SIGINT', () => {})
  new Worker(watch, { eval: true }).unref()
}
