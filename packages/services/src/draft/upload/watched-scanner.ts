import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '@sapan/kernel'
import { type FileScanner, type ScanResult, scannersInTurn } from './scanner.ts'
import { structureScanner } from './structure.ts'

/** ms. Whoever sends a file waits for no scanner longer than this. */
const longest = 20_000

const structure = structureScanner()

/** What looks at every file that is sent: its structure first, then the composition's scanner, where there is one. */
export function scannerOf({
  scanner,
  ground,
}: {
  readonly scanner?: FileScanner
  readonly ground: { readonly log: Logger }
}): FileScanner {
  return scanner === undefined ? structure : scannersInTurn(structure, watched(scanner, ground.log))
}

/** The same, of which a fault and silence are `unavailable`: no file is kept unseen, and nobody's page fails. */
export function watched(scanner: FileScanner, log: Logger, most = longest): FileScanner {
  return {
    scan: async (file) => {
      const over = new AbortController()
      const late = pause(most, undefined, over).then((): ScanResult => {
        log.error({ after: most }, 'the scanner of files does not answer')
        return { kind: 'unavailable' }
      })
      try {
        return await Promise.race([scanner.scan(file), late])
      } catch (error) {
        log.error({ err: error }, 'the scanner of files failed')
        return { kind: 'unavailable' }
      } finally {
        late.catch(() => {})
        over.abort()
      }
    },
  }
}
