import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../../ports.ts'
import { inFolder } from '../../tool.ts'
import { gdxDoor, opened } from './gdx.ts'
import { describedAt, type Listener } from './listener.ts'
import { offerBoats } from './offered.ts'
import { publicPort } from './public-port.ts'
import { Running, sapan } from './running.ts'

const member = 'TH/GOV/ONE'
const description = '/v1/openapi.json'

/** A center and one gateway of their own, with a service that a connector runs: nothing there needs to be left as it was. */
export async function atLoneGateway(use: (listeners: readonly Listener[]) => Promise<void>): Promise<void> {
  const running = new Running()
  await inFolder({}, async (folder) => {
    try {
      await use(await listeners(folder, running))
    } finally {
      await running.end()
    }
  })
}

async function listeners(folder: string, running: Running): Promise<readonly Listener[]> {
  const [center, gateway] = [join(folder, 'center'), join(folder, 'gateway')]
  const ports = await Promise.all(Array.from({ length: 5 }, freePort))
  const [atCenter = 0, centerAdmin = 0, edge = 0, peer = 0, admin = 0] = ports
  const run = (command: string, home: string, port: number) =>
    running.start([command, '--config', join(home, `${command}.yaml`)], async () => {
      return (await fetch(`http://127.0.0.1:${port}/health`)).ok
    })
  const url = `https://127.0.0.1:${atCenter}`
  const place = ['--url', url, '--admin', `127.0.0.1:${centerAdmin}`, '--home', center]
  sapan('center', 'init', '--instance', 'TH', ...place)
  await run('center', center, centerAdmin)
  const endpoints = { center: url, centerAdmin: `http://127.0.0.1:${centerAdmin}`, gateways: {} }
  writeFileSync(join(folder, 'endpoints.json'), JSON.stringify({ ...endpoints, rootFingerprint: '' }))
  joinOne({ home: folder, gateway, edge, peer, admin })
  await run('gateway', gateway, admin)
  const origin = `http://127.0.0.1:${edge}`
  const callers = { 'X-Road-Client': `${member}/main` }
  const offered = await offerBoats({ folder, gateway, member, edge: origin }, running)
  return [
    publicPort(url),
    describedAt(description, {
      name: 'center, administration',
      url: endpoints.centerAdmin,
      headers: tokenIn(center),
    }),
    describedAt(description, {
      name: 'gateway, administration',
      url: `http://127.0.0.1:${admin}`,
      headers: tokenIn(gateway),
    }),
    describedAt(description, { name: 'gateway, edge', url: origin, headers: callers }),
    offered,
    await gdxDoor({ gateway, member, edge: origin }),
  ]
}

interface Joining {
  /** Of the center's operator. */
  readonly home: string
  readonly gateway: string
  readonly edge: number
  readonly peer: number
  readonly admin: number
}

function joinOne({ home, gateway, edge, peer, admin }: Joining): void {
  const named = ['--name-th', 'หนึ่ง', '--name-en', 'One', '--home', home]
  sapan('member', 'add', member, ...named)
  for (const subsystem of ['main', 'boats']) sapan('member', 'subsystem', `${member}/${subsystem}`, ...named)
  const token = sapan('member', 'token', `${member}/gateway-1`, '--home', home).split('\n')[0] ?? ''
  const places = ['--edge', `127.0.0.1:${edge}`, '--admin', `127.0.0.1:${admin}`]
  const own = ['--peer', `https://127.0.0.1:${peer}`, '--home', gateway]
  sapan('gateway', 'join', '--token', token, ...places, ...own)
  const config = join(gateway, 'gateway.yaml')
  const text = readFileSync(config, 'utf8')
  writeFileSync(config, text.replace('withoutCredential: []', `withoutCredential: [${member}/main]`) + opened)
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
