import { shrinkBufferPool } from './buffer-pool.ts'
import { runSapan } from './program.ts'
import { quietProviderWarnings } from './terminal/quiet-warnings.ts'
import { processTerminal } from './terminal/terminal.ts'

quietProviderWarnings()
shrinkBufferPool()
const terminal = processTerminal(process.argv.slice(2))
process.exitCode = await runSapan(process.argv.slice(2), terminal)
// A command that ended leaves nothing worth waiting for but what it said: a reader of a pipe takes its time, and pooled
// connections must not hold the prompt.
await Promise.all([said(process.stdout), said(process.stderr)])
process.exit()

function said(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}
