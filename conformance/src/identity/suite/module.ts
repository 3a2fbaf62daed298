import { claim, type Finding, ToolMissing } from '../../check.ts'
import { type Registered, registered } from '../clients.ts'
import type { Arrived, Person } from '../person.ts'
import type { Answer, Requests } from './requests.ts'
import { said } from './requests.ts'

/** A module of the OpenID Foundation's suite, by its name there, rebuilt: what must come of it, and how it is found. */
export type Module = readonly [name: string, comes: string, run: (at: Registered) => Promise<unknown>]

/** Runs modules one after the other; all are not run where no issuer is. */
export async function runModules(modules: readonly Module[]): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [name, comes, run] of modules) {
    findings.push(await claim(`${name}: ${comes}`, async () => await run(await registered())))
  }
  return findings
}

/** For a module that tests what the house does not offer. */
export function notOffered(why: string): Module[2] {
  return async () => {
    throw new ToolMissing(why)
  }
}

/** The answer is a refusal with one of these errors, and no error of the server. */
export function refused(answer: Answer, ...errors: readonly string[]): void {
  const isRefusal = answer.status >= 400 && answer.status < 500
  if (isRefusal && (errors.length === 0 || errors.includes(String(answer.body.error)))) return
  throw new Error(`it answers ${said(answer)}${errors.length > 0 ? `, not ${errors.join(' or ')}` : ''}`)
}

export function accepted(answer: Answer): Answer {
  if (answer.status < 300) return answer
  throw new Error(`it answers ${said(answer)}`)
}

/** The person is back at the client, with a code. */
export function codeOf(page: Arrived): string {
  const code = page.at.searchParams.get('code')
  if (code === null) throw new Error(`no code came: ${describe(page)}`)
  return code
}

/** The person is back at the client with this error, or stays at the issuer before a page that says it. */
export function refusedAt(page: Arrived, ...errors: readonly string[]): void {
  const error = page.at.searchParams.get('error') ?? undefined
  if (page.at.searchParams.has('code')) throw new Error('a code came')
  if (error !== undefined && errors.includes(error)) return
  if (error === undefined && page.status >= 400 && page.status < 500) return
  throw new Error(`it is ${describe(page)}`)
}

/** The person stays at the issuer: the client's address is not believed. */
export function staysAt(page: Arrived, issuer: string): void {
  if (page.at.origin !== issuer || page.status < 400 || page.status >= 500)
    throw new Error(`it is ${describe(page)}`)
}

/** A code, come by a right request. */
export async function freshCode(requests: Requests, person: Person): Promise<string> {
  const isPushed = requests.kind.startsWith('fapi')
  const page = isPushed ? await requests.signInPushed(person) : await person.signIn(requests.authorizeUrl())
  return codeOf(page)
}

function describe({ at, status }: Arrived): string {
  return `at ${at.origin}${at.pathname} ${status} ${at.searchParams.get('error') ?? ''}`
}
