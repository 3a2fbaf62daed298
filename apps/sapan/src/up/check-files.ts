import { existsSync } from 'node:fs'
import { readCenterFile } from '../config/center.ts'
import { readGatewayFile } from '../config/gateway.ts'
import { readIdentityFile } from '../config/identity.ts'
import type { Layout } from '../home/layout.ts'

/**
 * Reads every file of a home that its operator may have edited, before anything is started: a mistake in one is told at once,
 * and not when the rest runs already. What is not there yet is made by the start. Throws `config-invalid` with the line.
 */
export async function checkFiles(layout: Layout, codes: readonly string[]): Promise<void> {
  const readers: readonly (readonly [file: string, read: (file: string) => Promise<unknown>])[] = [
    [layout.centerConfig, readCenterFile],
    [layout.identityConfig, readIdentityFile],
    ...codes.map((code) => [layout.gatewayConfig(code), readGatewayFile] as const),
  ]
  for (const [file, read] of readers) if (existsSync(file)) await read(file)
}
