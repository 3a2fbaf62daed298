import { createServer } from 'node:http'
import type { Logger } from '@sapan/kernel'
import { createPortal } from '@sapan/portal'
import { loadCountry } from '@sapan/thailand'
import { sandboxPhase } from '@sapan/ui'
import { openDemonstration } from '../documents/demonstration.ts'
import { listen } from './listen.ts'
import { problemPages } from './pages.ts'
import type { Running } from './running.ts'

export interface PortalPlace {
  readonly home: string
  /** Where it listens: `127.0.0.1:8080`. */
  readonly place: string
  /** Where an operator changes the port. */
  readonly file: string
  readonly log: Logger
}

/** How long a file may take to arrive. */
const uploadMs = 60_000
const graceMs = 2_000

/** Runs the public pages. They trust the demonstration authority of the home. Throws `port-taken`. */
export async function runPortal({ home, place, file, log }: PortalPlace): Promise<Running> {
  const { root } = await openDemonstration(home)
  const words = loadCountry().documentWords
  const portal = createPortal({ anchors: [root], docs: problemPages, log, phase: sandboxPhase, words })
  const server = createServer({ requestTimeout: uploadMs, headersTimeout: 10_000 }, portal.handler)
  const listening = await listen(server, place, file).catch(async (error: unknown) => {
    await portal.close()
    throw error
  })
  return {
    stop: async () => {
      await listening.close(graceMs)
      await portal.close()
    },
  }
}
