import { createServer } from 'node:http'
import { join } from 'node:path'
import { createPool, type Pool } from '@sapan/kernel'
import {
  createRegisters,
  type Register,
  type RegisterName,
  registerNames,
  sharedDatabases,
} from '@sapan/sandbox'
import type { Layout } from '../home/layout.ts'
import type { Postgres } from '../postgres/index.ts'
import { listen } from '../run/listen.ts'
import { openLog } from '../run/log.ts'
import type { Ports } from './choices.ts'
import type { Closing } from './closing.ts'
import type { Progress } from './progress.ts'

/** What a gateway is told of the register behind it. */
export interface BehindGateway {
  /** The name of its gateway. */
  readonly code: string
  readonly origin: string
  readonly services: Register['services']
}

export interface StandIns {
  readonly registers: readonly BehindGateway[]
  readonly pools: Readonly<Partial<Record<RegisterName, Pool>>> & { readonly DOPA: Pool; readonly BANK: Pool }
  /** Fills those that are empty and opens their doors. Gateways may be told of them before. */
  open(): Promise<void>
}

interface RegistersOptions {
  readonly layout: Layout
  readonly ports: Ports
  readonly postgres: Postgres
  readonly progress: Progress
  readonly closing: Closing
}

/** Makes the registers, each on a database of its own. */
export async function makeRegisters(options: RegistersOptions): Promise<StandIns> {
  const { layout, ports, progress, closing } = options
  const log = await openLog('sandbox', 'info', join(layout.logs, 'sandbox.log'))
  const pools = await openPools(options)
  const registers = await createRegisters({ pools, log })
  closing.add('registers', () => registers.close())
  const all = [...registers.all]
  return {
    pools,
    registers: all.map(([code, { services }]) => ({
      code,
      origin: `http://${placeOf(code, ports)}`,
      services,
    })),
    open: () =>
      progress.step(
        {
          th: `ทะเบียนจำลองหลังเกตเวย์ ${all.length} แห่ง`,
          en: `${all.length} stand-in registers behind the gateways`,
        },
        async () => {
          await registers.load(({ what, rows, of }) =>
            progress.at({ th: `${what.th} ${rows}/${of}`, en: `${what.en} ${rows}/${of}` }),
          )
          await Promise.all(all.map(([code, register]) => openDoor(code, register, options)))
        },
      ),
  }
}

function placeOf(code: RegisterName, ports: Ports): string {
  return `127.0.0.1:${ports[`register.${code}`]}`
}

async function openPools({ postgres, closing }: RegistersOptions): Promise<StandIns['pools']> {
  const own = registerNames.filter((code) => sharedDatabases[code] === undefined)
  const pools = await Promise.all(
    own.map(async (code) => {
      const url = await postgres.ensureDatabase(`register_${code.toLowerCase()}`)
      const pool = createPool(url, { application_name: `register-${code}` })
      closing.add('register databases', () => pool.end())
      return [code, pool] as const
    }),
  )
  return Object.fromEntries(pools) as Record<RegisterName, Pool>
}

async function openDoor(
  code: RegisterName,
  register: Register,
  { layout, ports, closing }: RegistersOptions,
): Promise<void> {
  const door = await listen(createServer(register.handler), placeOf(code, ports), layout.chosen)
  closing.add('register doors', () => door.close(1_000))
}
