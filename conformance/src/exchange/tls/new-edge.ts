import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Country } from '../../country.ts'
import { freePort } from '../../ports.ts'
import { inFolder, tool } from '../../tool.ts'

const program = fileURLToPath(new URL('../../../../apps/sapan/bin/sapan.mjs', import.meta.url))

/** The edge of a gateway that joins for as long as `use` takes. It listens beyond loopback, and so with TLS. */
export async function atNewEdge<T>({ home }: Country, use: (host: string) => Promise<T>): Promise<T> {
  const member = `TH/GOV/TLS${Date.now().toString(36).toUpperCase()}`
  const [edge, peer, admin] = [await freePort(), await freePort(), await freePort()]
  return await inFolder({}, async (own) => {
    const sapan = (...args: string[]) => tool(process.execPath, [program, ...args]).out
    sapan('member', 'add', member, '--name-th', 'กรมทดสอบ', '--name-en', 'A test', '--home', home)
    const token = sapan('member', 'token', `${member}/gateway-1`, '--home', home).split('\n')[0] ?? ''
    const places = ['--edge', `0.0.0.0:${edge}`, '--admin', `127.0.0.1:${admin}`]
    const peerAddress = ['--peer', `https://127.0.0.1:${peer}`]
    sapan('gateway', 'join', '--token', token, ...peerAddress, ...places, '--home', own)
    const args = [program, 'gateway', '--config', join(own, 'gateway.yaml')]
    const gateway = spawn(process.execPath, args, { stdio: 'ignore' })
    try {
      await untilHealthy(`http://127.0.0.1:${admin}/health`, gateway)
      return await use(`127.0.0.1:${edge}`)
    } finally {
      await ended(gateway)
    }
  })
}

async function untilHealthy(url: string, gateway: ChildProcess): Promise<void> {
  const deadline = Date.now() + 90_000
  while (!(await fetch(url).catch(() => undefined))?.ok) {
    if (gateway.exitCode !== null || Date.now() > deadline) throw new Error('the gateway did not come up')
    await setTimeout(200)
  }
}

async function ended(gateway: ChildProcess): Promise<void> {
  if (gateway.exitCode !== null) return
  const end = new Promise((resolve) => gateway.once('exit', resolve))
  gateway.kill('SIGTERM')
  await end
}
