import { join } from 'node:path'
import { initialiseCenter as makeRoot } from '@sapan/exchange'
import { systemClock } from '@sapan/kernel'
import { KeyFolder } from '@sapan/trust'
import { writeCenterFile } from '../config/center.ts'
import { makeFolder } from '../home/files.ts'

export interface NewCenter {
  readonly instance: string
  /** How members reach it. */
  readonly url: string
  /** Where its operator reaches it: `127.0.0.1:4001`. */
  readonly admin: string
  readonly subjectTokens?: readonly { issuer: string; jwk: Record<string, unknown> }[]
  readonly database?: { readonly embedded: string; readonly name: string }
}

/** Makes root, issuer and configuration of a center in a folder of its own. Keys that are there already stay. */
export async function initialiseCenter(
  folder: string,
  center: NewCenter,
): Promise<{ rootFingerprint: string }> {
  await makeFolder(folder)
  const keys = new KeyFolder(join(folder, 'keys'))
  const { rootFingerprint } = await makeRoot({ keys, instance: center.instance, now: systemClock() })
  const { hostname, port } = new URL(center.url)
  const isLocal = hostname === '127.0.0.1' || hostname === 'localhost'
  await writeCenterFile(join(folder, 'center.yaml'), {
    instance: center.instance,
    publicUrl: center.url,
    listen: { public: `${isLocal ? '127.0.0.1' : '0.0.0.0'}:${port || '443'}`, admin: center.admin },
    keys: 'keys',
    database: center.database ?? { embedded: 'postgres', name: 'center' },
    ...(center.subjectTokens === undefined ? {} : { subjectTokens: center.subjectTokens }),
  })
  return { rootFingerprint }
}
