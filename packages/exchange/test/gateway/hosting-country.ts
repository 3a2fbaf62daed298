import { grantTerms } from './agencies.ts'
import { type JoinChoices, startCountry, type TestCountry, type TestGateway } from './country.ts'
import { registerDescription, startRegister, type TestRegister } from './register.ts'

export const alpha = 'TH/LOC/ALPHA'
export const beta = 'TH/LOC/BETA'

/** A district's gateway that hosts two local bodies, each with a register that the other may ask. */
export interface HostingCountry extends TestCountry {
  readonly district: TestGateway
  readonly registers: Readonly<Record<string, TestRegister>>
  /** The hash of the grant that each has given to the other. */
  readonly grants: Readonly<Record<string, string>>
  /** Makes an operator of members; calls the operator's API as them. */
  operatorOf(
    members: readonly string[],
    role: 'look' | 'change',
    origins?: readonly string[],
    opens?: boolean,
  ): Promise<MemberCaller>
  /** Calls a member's register as another's system. */
  ask(consumer: string, provider: string, path: string, init?: RequestInit): Promise<Response>
}

export type MemberCaller = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ status: number; body: Record<string, unknown> }>

export function serviceOf(member: string): string {
  return `${member}/main/person-v1`
}

export async function startHosting(
  options: { country?: Parameters<typeof startCountry>[0]; district?: JoinChoices } = {},
): Promise<HostingCountry> {
  const country = await startCountry(options.country)
  const district = await country.join('DISTRICT', {
    memberClass: 'LOC',
    hosting: ['ALPHA', 'BETA'],
    ...options.district,
  })
  const registers: Record<string, TestRegister> = {}
  const grants: Record<string, string> = {}
  for (const [member, other] of [
    [alpha, beta],
    [beta, alpha],
  ] as const) {
    registers[member] = await startRegister()
    await offer(district, member, registers[member].url)
    const terms = { ...grantTerms, service: serviceOf(member), consumer: `${other}/main` }
    grants[member] = String((await district.operator('POST', '/v1/grants', terms)).hash)
  }
  return {
    ...country,
    district,
    registers,
    grants,
    operatorOf: async (members, role, origins = [], opens = false) => {
      const wanted = { name: `${role} ${members}`, members, role, origins, opens }
      const { token } = await district.operator('POST', '/v1/operators', wanted)
      return memberCaller(district, String(token))
    },
    ask: (consumer, provider, path, init = {}) =>
      fetch(`${district.edge}/r1/${serviceOf(provider)}${path}`, {
        ...init,
        headers: { 'x-road-client': `${consumer}/main`, ...(init.headers as Record<string, string>) },
      }),
    stop: async () => {
      await country.stop()
      await Promise.all(Object.values(registers).map((register) => register.close()))
    },
  }
}

/** Has a member's register described at the gateway that hosts it. */
export function offer(gateway: TestGateway, member: string, url: string) {
  return gateway.operator('POST', '/v1/services', {
    subsystem: `${member}/main`,
    openapi: registerDescription,
    url,
    timeoutMs: 2_000,
  })
}

export function memberCaller({ admin }: TestGateway, token: string): MemberCaller {
  return async (method, path, body) => {
    const answer = await fetch(`${admin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text.startsWith('{') ? parsed(text) : { text } }
  }
}

function parsed(text: string): Record<string, unknown> {
  const lines = text.trim().split('\n')
  return lines.length === 1 ? JSON.parse(text) : { lines: lines.map((line) => JSON.parse(line)) }
}
