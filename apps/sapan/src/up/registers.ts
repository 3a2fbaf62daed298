import { createServer } from 'node:http'
import { join } from 'node:path'
import { createPool, type Pool } from '@sapan/kernel'
import { createRegisters, type Register, type RegisterName, registerNames } from '@sapan/sandbox'
import type { Layout } from '../home/layout.ts'
import type { Postgres } from '../postgres/index.ts'
import { listen } from '../run/listen.ts'
import { openLog } from '../run/log.ts'
import type { Ports } from './choices.ts'
import type { Closing } from './closing.ts'
import type { Progress } from './progress.ts'

/** A register that answers behind its agency's gateway. */
export interface RunningRegister {
  /** The short name of its agency. */
  readonly code: string
  readonly origin: string
  readonly services: Register['services']
}

interface RegistersOptions {
  readonly layout: Layout
  readonly ports: Ports
  readonly postgres: Postgres
  readonly progress: Progress
  readonly closing: Closing
}

/** Starts every register on a database of its own, and fills it at the first start. */
export async function startRegisters(options: RegistersOptions): Promise<RunningRegister[]> {
  const { layout, progress, closing } = options
  const words = {
    th: `ทะเบียนจำลองหลังเกตเวย์ ${registerNames.length} แห่ง`,
    en: `${registerNames.length} stand-in registers behind the gateways`,
  }
  return progress.step(words, async () => {
    const log = await openLog('sandbox', 'info', join(layout.logs, 'sandbox.log'))
    const registers = await createRegisters({ pools: await openPools(options), log })
    closing.add('registers', () => registers.close())
    await registers.load(({ what, rows, of }) =>
      progress.at({ th: `${what.th} ${rows}/${of}`, en: `${what.en} ${rows}/${of}` }),
    )
    return Promise.all([...registers.all].map(([code, register]) => open(code, register, options)))
  })
}

async function openPools({
  postgres,
  closing,
}: RegistersOptions): Promise<Partial<Record<RegisterName, Pool>>> {
  const pools = await Promise.all(
    registerNames.map(async (code) => {
      const url = await postgres.ensureDatabase(`register_${code.toLowerCase()}`)
      const pool = createPool(url, { application_name: `register-${code}` })
      closing.add('register databases', () => pool.end())
      return [code, pool] as const
    }),
  )
  return Object.fromEntries(pools)
}

async function open(
  code: RegisterName,
  register: Register,
  { layout, ports, closing }: RegistersOptions,
): Promise<RunningRegister> {
  const place = `127.0.0.1:${ports[`register.${code}`]}`
  const door = await listen(createServer(register.handler), place, layout.chosen)
  closing.add('register doors', () => door.close(1_000))
  return { code, origin: `http://${place}`, services: register.services }
}
