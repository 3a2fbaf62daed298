import { Problem } from '@sapan/kernel'
import { type GatewayEndpoints, readEndpoints } from '../home/endpoints.ts'
import { homeFolder } from '../home/layout.ts'
import { problems } from '../problems.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { type AdminClient, adminClient } from './admin.ts'

export interface HomeOptions {
  readonly home?: string
  readonly json?: boolean
}

export function homeOf(options: HomeOptions, terminal: Terminal): string {
  return homeFolder(options.home, terminal.env)
}

/**
 * The gateway of the home that is named by its short name, its id or a member that it hosts; the only one there is,
 * where none is named. Throws `gateway-unknown-here` with those there are, `misuse` where one has to be named.
 */
export async function gatewayNamed(
  home: string,
  name: string | undefined,
): Promise<{ code: string; gateway: GatewayEndpoints }> {
  const all = Object.entries((await readEndpoints(home)).gateways)
  const found =
    name === undefined
      ? all.filter(() => all.length === 1)
      : all.filter(
          ([code, { id, members }]) => code === name.toUpperCase() || id === name || members.includes(name),
        )
  const [one] = found
  if (one !== undefined) return { code: one[0], gateway: one[1] }
  const known = all.map(([code, { members }]) => `${code} (${members.join(', ')})`).join(', ')
  if (name === undefined && all.length > 0) {
    throw new Problem(problems.misuse, {
      detail: { th: `ระบุเกตเวย์ด้วย --gateway: ${known}`, en: `say which one with --gateway: ${known}` },
    })
  }
  throw new Problem(problems['gateway-unknown-here'], {
    detail:
      name === undefined
        ? { th: 'ไม่มีเกตเวย์ในโฟลเดอร์นี้', en: 'there is no gateway in this home' }
        : { th: `ไม่พบ ${name}; ที่มี: ${known}`, en: `there is no ${name}; there are: ${known}` },
  })
}

/** The administration of a gateway of this home. `name` as in `gatewayNamed`. */
export async function gatewayAdmin(home: string, name: string | undefined): Promise<AdminClient> {
  const { gateway } = await gatewayNamed(home, name)
  return adminClient(gateway.admin, gateway.keys)
}

/** The administration of the center of this home. */
export async function centerAdmin(home: string): Promise<AdminClient> {
  const { centerAdmin: origin, centerKeys } = await readEndpoints(home)
  if (origin === '') {
    throw new Problem(problems['home-missing'], {
      detail: { th: 'ศูนย์กลางไม่ได้อยู่ในโฟลเดอร์นี้', en: 'the center is not in this home' },
    })
  }
  return adminClient(origin, centerKeys)
}

/** The member in a subsystem's or service's address: `TH/GOV/DOPA` of `TH/GOV/DOPA/population/person-v1`. */
export function memberIn(address: string): string {
  return address.split('/').slice(0, 3).join('/')
}
