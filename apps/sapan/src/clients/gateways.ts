import { readEndpoints } from '../home/endpoints.ts'
import { AnsweredProblem } from '../terminal/failure.ts'
import { isRecord } from '../terminal/values.ts'
import { type AdminClient, adminClient } from './admin.ts'
import { gatewayAdmin } from './home.ts'

export interface NamedAdmin {
  readonly code: string
  readonly admin: AdminClient
}

/**
 * The administration of the gateway that is named, as in `gatewayNamed`; of every gateway of the home where none is.
 */
export async function gatewayAdmins(home: string, name: string | undefined): Promise<readonly NamedAdmin[]> {
  if (name !== undefined) return [{ code: name, admin: await gatewayAdmin(home, name) }]
  const all = Object.entries((await readEndpoints(home)).gateways)
  return Promise.all(
    all.map(async ([code, { admin, keys }]) => ({ code, admin: await adminClient(admin, keys) })),
  )
}

/**
 * Asks for a list, of one gateway or of every one of the home. Lists of several are one, and each row says in
 * `gateway` whose it is.
 */
export async function listOfGateways(home: string, name: string | undefined, path: string): Promise<unknown> {
  const asked = await gatewayAdmins(home, name)
  const answers = await Promise.all(
    asked.map(async ({ code, admin }) => ({ code, value: await admin.json('GET', path) })),
  )
  const [only] = answers
  if (answers.length === 1) return only?.value
  const joined: Record<string, unknown[]> = {}
  for (const { code, value } of answers) {
    for (const [key, rows] of Object.entries(isRecord(value) ? value : {})) {
      if (!Array.isArray(rows)) continue
      const marked = rows.map((row) => (isRecord(row) ? { gateway: code, ...row } : row))
      joined[key] = [...(joined[key] ?? []), ...marked]
    }
  }
  return joined
}

/** Asks one gateway after the other until one knows the exchange. Throws what the last refused with. */
export async function ofGatewayThatKnows<T>(
  home: string,
  name: string | undefined,
  ask: (admin: AdminClient) => Promise<T>,
): Promise<T> {
  let refusal: unknown
  for (const { admin } of await gatewayAdmins(home, name)) {
    try {
      return await ask(admin)
    } catch (error) {
      if (!(error instanceof AnsweredProblem) || error.document.code !== 'exchange-unknown') throw error
      refusal = error
    }
  }
  throw refusal
}
