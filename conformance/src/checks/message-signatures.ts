import { createRequire } from 'node:module'
import type { Check, Finding } from '../check.ts'
import { run } from '../http-signatures.ts'

/** Our HTTP message signatures (RFC 9421) against an npm package's, both ways. */
export const messageSignatures: Check = {
  name: 'Message signatures',
  against() {
    const { version } = createRequire(import.meta.url)('http-message-signatures/package.json')
    return `npm http-message-signatures ${String(version)}`
  },
  async run() {
    const checks = await run()
    return checks.map(
      ({ name, passed, detail }): Finding =>
        passed ? { claim: name, state: 'passed' } : { claim: name, state: 'failed', detail },
    )
  },
}
