import { isAbsolute, join, resolve } from 'node:path'

/** Where everything of one Sapan lies. */
export interface Layout {
  readonly home: string
  readonly postgres: string
  readonly center: string
  readonly centerConfig: string
  readonly endpoints: string
  /** Ports and passwords that were chosen at the first start and are kept. */
  readonly chosen: string
  readonly sandbox: string
  /** Keys and certificates of the demonstration authority for documents. */
  readonly documents: string
  /** Keys and configuration of Digital ID, the portal and the desk. */
  readonly identity: string
  readonly identityConfig: string
  readonly logs: string
  gateway(code: string): string
  gatewayConfig(code: string): string
}

export function layoutOf(home: string): Layout {
  return {
    home,
    postgres: join(home, 'postgres'),
    center: join(home, 'center'),
    centerConfig: join(home, 'center', 'center.yaml'),
    endpoints: join(home, 'endpoints.json'),
    chosen: join(home, 'home.json'),
    sandbox: join(home, 'sandbox'),
    documents: join(home, 'documents'),
    identity: join(home, 'identity'),
    identityConfig: join(home, 'identity', 'identity.yaml'),
    logs: join(home, 'logs'),
    gateway: (code) => join(home, 'gateways', code),
    gatewayConfig: (code) => join(home, 'gateways', code, 'gateway.yaml'),
  }
}

/** `--home`, else `SAPAN_HOME`, else `.sapan` in the folder where npm was called or the command was typed. */
export function homeFolder(
  named: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  cwd = process.cwd(),
): string {
  const folder = named || env.SAPAN_HOME || '.sapan'
  return isAbsolute(folder) ? folder : resolve(cwd, folder)
}
