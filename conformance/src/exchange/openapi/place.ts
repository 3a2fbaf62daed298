import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../ports.ts'
import { inFolder, tool } from '../../tool.ts'

const program = fileURLToPath(new URL('../../../../apps/sapan/bin/sapan.mjs', import.meta.url))
const member = 'TH/GOV/ONE'

/** A listener, and what its callers show. */
export interface Listener {
  readonly name: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** A center and one gateway of their own, on which nothing needs to be left as it was. */
export async function atLoneGateway<T>(use: (listeners: readonly Listener[]) => Promise<T>): Promise<T> {
  const running: ChildProcess[] = []
  try {
    return await inFolder({}, async (folder) => {
      const [center, gateway] = [join(folder, 'center'), join(folder, 'gateway')]
      const ports = await Promise.all(Array.from({ length: 5 }, freePort))
      const [atCenter = 0, centerAdmin = 0, edge = 0, peer = 0, admin = 0] = ports
      const sapan = (...args: string[]) => tool(process.execPath, [program, ...args]).out
      const run = async (command: string, config: string, port: number) => {
        running.push(spawn(process.execPath, [program, command, '--config', config], { stdio: 'ignore' }))
        await untilHealthy(port)
      }
      const url = `https://127.0.0.1:${atCenter}`
      const place = ['--url', url, '--admin', `127.0.0.1:${centerAdmin}`, '--home', center]
      sapan('center', 'init', '--instance', 'TH', ...place)
      await run('center', join(center, 'center.yaml'), centerAdmin)
      const endpoints = { center: url, centerAdmin: `http://127.0.0.1:${centerAdmin}`, gateways: {} }
      writeFileSync(join(folder, 'endpoints.json'), JSON.stringify({ ...endpoints, rootFingerprint: '' }))
      joinOne(sapan, { home: folder, gateway, edge, peer, admin })
      await run('gateway', join(gateway, 'gateway.yaml'), admin)
      try {
        return await use([
          {
            name: 'center, administration',
            url: `http://127.0.0.1:${centerAdmin}`,
            headers: tokenIn(center),
          },
          { name: 'gateway, administration', url: `http://127.0.0.1:${admin}`, headers: tokenIn(gateway) },
          {
            name: 'gateway, edge',
            url: `http://127.0.0.1:${edge}`,
            headers: { 'X-Road-Client': `${member}/main` },
          },
        ])
      } finally {
        await end(running)
      }
    })
  } finally {
    await end(running)
  }
}

interface Joining {
  /** Of the center's operator. */
  readonly home: string
  readonly gateway: string
  readonly edge: number
  readonly peer: number
  readonly admin: number
}

function joinOne(sapan: (...args: string[]) => string, { home, gateway, edge, peer, admin }: Joining): void {
  const named = ['--name-th', 'หนึ่ง', '--name-en', 'One', '--home', home]
  sapan('member', 'add', member, ...named)
  sapan('member', 'subsystem', `${member}/main`, ...named)
  const token = sapan('member', 'token', `${member}/gateway-1`, '--home', home).split('\n')[0] ?? ''
  const places = ['--edge', `127.0.0.1:${edge}`, '--admin', `127.0.0.1:${admin}`]
  const own = ['--peer', `https://127.0.0.1:${peer}`, '--home', gateway]
  sapan('gateway', 'join', '--token', token, ...places, ...own)
  const config = join(gateway, 'gateway.yaml')
  const text = readFileSync(config, 'utf8')
  writeFileSync(config, text.replace('withoutCredential: []', `withoutCredential: [${member}/main]`))
}

/** As the guide for operators takes it from its file. */
function tokenIn(home: string): Record<string, string> {
  const secret =
    readFileSync(join(home, 'keys', 'admin.token.secret'), 'utf8')
      .trim()
      .split('\n')
      .at(-1) ?? ''
  return { Authorization: `Bearer ${Buffer.from(secret, 'base64').toString('hex')}` }
}

async function untilHealthy(port: number): Promise<void> {
  const deadline = Date.now() + 120_000
  while (!(await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined))?.ok) {
    if (Date.now() > deadline) throw new Error('a process did not come up')
    await setTimeout(200)
  }
}

async function end(running: ChildProcess[]): Promise<void> {
  for (const child of running.splice(0).toReversed()) {
    if (child.exitCode !== null) continue
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
}
