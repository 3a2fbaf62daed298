import { shrinkBufferPool } from './buffer-pool.ts'
import { runSapan } from './program.ts'
import { quietProviderWarnings } from './terminal/quiet-warnings.ts'
import { processTerminal } from './terminal/terminal.ts'

quietProviderWarnings()
shrinkBufferPool()
const terminal = processTerminal(process.argv.slice(2))
process.exitCode = await runSapan(process.argv.slice(2), terminal)
// A command that ended leaves nothing worth waiting for: pooled connections must not hold the prompt.
process.exit()
