import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Rooms } from '@sapan/identity'
import type { Logger } from '@sapan/kernel'
import { sandboxPhase } from '@sapan/ui'
import type { IdentityFile } from '../config/identity.ts'
import { openIssuer } from '../identity/issuer.ts'
import { startJobs } from '../identity/jobs.ts'
import { openOperator } from '../run/identity.ts'
import { playing } from './play.ts'

/** An issuer without a country around it, at which anybody is a sandbox person by one press. */
export interface PlayedIssuer {
  readonly rooms: Rooms
  handler(request: IncomingMessage, response: ServerResponse): void
  close(): Promise<void>
}

/**
 * Opens the demonstration's issuer alone, to be held against others' tools behind a door of theirs: whoever calls gives it
 * requests from where `file.issuer` is. What it would ask of agencies fails, since no gateway is there.
 */
export async function openPlayedIssuer(
  file: IdentityFile,
  from: { readonly databaseUrl: string; readonly log: Logger },
): Promise<PlayedIssuer> {
  const house = await openOperator(file, from)
  const face = await openIssuer(house, { phase: sandboxPhase, addition: playing(house) })
  const jobs = startJobs(house)
  return {
    rooms: house.rooms,
    handler: face.handler,
    close: async () => {
      await jobs.stop()
      await face.close()
      await house.close()
    },
  }
}

export { readIdentityFile, writeIdentityFile } from '../config/identity.ts'
export { openLog } from '../run/log.ts'
