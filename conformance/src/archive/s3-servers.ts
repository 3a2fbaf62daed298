import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { ToolMissing } from '../check.ts'
import { toolsFolder } from '../documents/peers/tools.ts'
import { freePort } from '../ports.ts'
import { tool } from '../tool.ts'

const tools = join(toolsFolder, 'archive')
export const python = join(tools, 'venv/bin/python')
const moto = join(tools, 'venv/bin/moto_server')
const versitygw = join(tools, 'go/versitygw')

export const account = { accessKeyId: 'SAPANARCHIVE', secretAccessKey: 'c29tZSBzZWNyZXQ/b2YgYSB0ZXN0+w' }

/** A store of another author, while it runs. */
export interface RunningStore {
  readonly endpoint: string
  /** A PEM file of the authority that vouches for it; none where it speaks plain HTTP on this machine. */
  readonly ca?: string
  stop(): void
}

/** PyPI's moto: S3 in memory. It looks at no signature. */
export async function startMoto(): Promise<RunningStore> {
  if (!existsSync(moto)) throw missing('moto')
  const port = await freePort()
  const server = spawn(moto, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  return await running(server, `http://127.0.0.1:${port}`)
}

/** versitygw: S3 over a folder, by TLS with a certificate of its own. It verifies signatures and checksums. */
export async function startVersitygw(folder: string): Promise<RunningStore> {
  if (!existsSync(versitygw)) throw missing('versitygw')
  const [certificate, key] = [join(folder, 'store.pem'), join(folder, 'store.key')]
  tool('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', '/CN=store', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate],
  ])
  const [objects, rest] = [join(folder, 'objects'), join(folder, 'rest')]
  mkdirSync(objects)
  mkdirSync(rest)
  const port = await freePort()
  const server = spawn(
    versitygw,
    [
      ...['--quiet', '--port', `127.0.0.1:${port}`, '--region', 'th-1', '--cert', certificate, '--key', key],
      ...['posix', '--sidecar', rest, objects],
    ],
    {
      stdio: 'ignore',
      env: { ROOT_ACCESS_KEY_ID: account.accessKeyId, ROOT_SECRET_ACCESS_KEY: account.secretAccessKey },
    },
  )
  return { ...(await running(server, `https://127.0.0.1:${port}`)), ca: certificate }
}

function missing(name: string): ToolMissing {
  return new ToolMissing(`${name} is missing (conformance/archive/install.sh)`)
}

async function running(server: ChildProcess, endpoint: string): Promise<RunningStore> {
  const stop = () => void server.kill()
  const { hostname, port } = new URL(endpoint)
  for (let left = 120; left > 0; left--) {
    if (await listens(hostname, Number(port))) return { endpoint, stop }
    await setTimeout(250)
  }
  stop()
  throw new Error('the store does not start')
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
