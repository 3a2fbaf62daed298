import { Cryptoki, CryptokiError } from './cryptoki.ts'
import type { TokenQuestion, TokenReply } from './protocol.ts'

/** The process that holds a token's module: it answers its parent's questions, one after the other, and ends with it. */
const cryptoki = new Cryptoki()

process.on('message', (question: TokenQuestion) => {
  process.send?.(answer(question))
})
process.on('disconnect', () => process.exit(0))
// A terminal's Ctrl-C goes to all its processes: the parent decides when this one ends.
process.on('SIGINT', () => {})

function answer({ number, operation, argument }: TokenQuestion): TokenReply {
  try {
    const run = cryptoki[operation] as (argument: unknown) => unknown
    return { number, value: run.call(cryptoki, argument) }
  } catch (error) {
    if (error instanceof CryptokiError) return { number, failed: error.call, result: error.result }
    return { number, missing: error instanceof Error ? error.message : 'unknown' }
  }
}
