import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ToolMissing } from './check.ts'

/** A running `sapan up`, as its home tells. */
export interface Country {
  readonly home: string
  readonly rootFingerprint: string
  /** The edge of a gateway, by its short name. */
  edge(code: string): string
}

/** The country of `SAPAN_HOME` (`./.sapan`). Throws `ToolMissing` where none runs. */
export async function runningCountry(): Promise<Country> {
  const home = resolve(process.env.SAPAN_HOME ?? '.sapan')
  const missing = new ToolMissing('no country runs in SAPAN_HOME (./.sapan): npm start, in another terminal')
  let endpoints: { rootFingerprint: string; gateways: Record<string, { edge: string }> }
  try {
    endpoints = JSON.parse(readFileSync(join(home, 'endpoints.json'), 'utf8'))
  } catch {
    throw missing
  }
  const edge = (code: string): string => {
    const gateway = endpoints.gateways[code]
    if (gateway === undefined) throw new ToolMissing(`no gateway ${code} in ${home}`)
    return gateway.edge
  }
  await fetch(`${edge('RD')}/health`).catch(() => {
    throw missing
  })
  return { home, rootFingerprint: endpoints.rootFingerprint, edge }
}

/** The JSON that a gateway's edge answers to a client. Throws for any other status than 200. */
export async function askEdge(
  country: Country,
  code: string,
  path: string,
  client: string,
): Promise<unknown> {
  const answer = await fetch(`${country.edge(code)}${path}`, { headers: { 'x-road-client': client } })
  if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`)
  return await answer.json()
}
