import { createServer } from 'node:http'
import { join } from 'node:path'
import { createPool } from '@sapan/kernel'
import { createPopulationRegister, type Register, type RegisterOptions } from '@sapan/sandbox'
import type { Layout } from '../home/layout.ts'
import type { Postgres } from '../postgres/index.ts'
import { listen } from '../run/listen.ts'
import { openLog } from '../run/log.ts'
import type { Ports } from './choices.ts'
import type { Closing } from './closing.ts'
import type { Progress } from './progress.ts'

/** The agencies' stand-in systems, by the short name of their agency. */
const factories: Readonly<Record<string, (options: RegisterOptions) => Promise<Register>>> = {
  DOPA: createPopulationRegister,
}

export const registerNames: readonly string[] = Object.keys(factories)

/** A register that answers behind its agency's gateway. */
export interface RunningRegister {
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
  const names = registerNames.join(', ')
  return options.progress.step(
    {
      th: `ทะเบียนจำลองหลังเกตเวย์: ${names}`,
      en: `stand-in registers behind the gateways: ${names}`,
    },
    async () => {
      const log = await openLog('sandbox', 'info', join(options.layout.logs, 'sandbox.log'))
      const started: RunningRegister[] = []
      // One after the other: they share the population, which is made once.
      for (const [code, create] of Object.entries(factories)) {
        const url = await options.postgres.ensureDatabase(`register_${code.toLowerCase()}`)
        const pool = createPool(url, { application_name: `register-${code}` })
        options.closing.add(`register ${code} database`, () => pool.end())
        started.push(await startRegister(code, await create({ pool, log }), options))
      }
      return started
    },
  )
}

async function startRegister(
  code: string,
  register: Register,
  { layout, ports, progress, closing }: RegistersOptions,
): Promise<RunningRegister> {
  closing.add(`register ${code}`, () => register.close())
  await register.load(({ what, rows, of }) =>
    progress.at({ th: `${what.th} ${rows}/${of}`, en: `${what.en} ${rows}/${of}` }),
  )
  const place = `127.0.0.1:${ports[`register.${code}`]}`
  const door = await listen(createServer(register.handler), place, layout.chosen)
  closing.add(`register ${code} door`, () => door.close(1_000))
  return { code, origin: `http://${place}`, services: register.services }
}
