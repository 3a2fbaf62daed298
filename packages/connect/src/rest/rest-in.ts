import { readFile } from 'node:fs/promises'
import { missing } from '../file/one-file.ts'
import type { RemoteService } from '../remote/remote-service.ts'
import type { ServiceAddress } from '../remote/service-address.ts'
import { restService } from './rest-service.ts'

/** The REST service that a file describes. Without an address it can be looked at, and not asked. Throws `connector-source-unusable`. */
export async function restIn(path: string, address?: ServiceAddress): Promise<RemoteService> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw missing(path, error)
  })
  return restService(text, address)
}
