import { setTimeout as wait } from 'node:timers/promises'
import { must } from '../identity/relying-party.ts'
import { type Program, programOf } from './program.ts'

/** A copy of one's house registration: with a fee, and decided by rule as soon as that is paid. */
const service = 'house-registration-copy'
const drafts = `/api/services/${service}/drafts`
export const payer = 'father'

interface Draft {
  readonly id: string
  readonly facts: readonly { readonly id: string }[]
  readonly answers: { readonly houseId: string }
  readonly problems: readonly unknown[]
}

/** A signed document of an application. */
export interface Listed {
  readonly kind: string
  readonly href: string
  readonly sha256: string
}

/** The application as the API tells it, as far as it is looked at here. */
export interface ApplicationTold {
  readonly payments: readonly {
    readonly payload: string
    readonly amount: number
    readonly bankReference: string
    readonly state: string
  }[]
  readonly documents: readonly Listed[]
}

export interface Applied {
  readonly program: Program
  readonly id: string
  now(): Promise<ApplicationTold>
}

let applied: Promise<Applied> | undefined

/** Applied for by a program, once for all claims of this run. */
export function application(): Promise<Applied> {
  applied ??= apply()
  return applied
}

async function apply(): Promise<Applied> {
  const program = await programOf(payer)
  const { call } = program
  let draft = await call<Draft>('POST', drafts)
  const at = `${drafts}/${draft.value.id}`
  const yes = Object.fromEntries(draft.value.facts.map(({ id }) => [id, 'yes']))
  draft = await call<Draft>('POST', `${at}/facts`, { body: { ask: yes }, seen: draft.etag })
  draft = await call<Draft>('POST', `${at}/facts`, { body: { use: yes }, seen: draft.etag })
  const { houseId } = draft.value.answers
  must(/^\d{11}$/.test(houseId), 'the register said no house')
  const answers = { houseId, shows: 'own' }
  draft = await call<Draft>('PUT', `${at}/pages/copy`, { body: { answers }, seen: draft.etag })
  must(draft.value.problems.length === 0, JSON.stringify(draft.value.problems))
  const handed = await call<{ readonly id: string }>('POST', `${at}/submit`, {
    body: { declared: true },
    seen: draft.etag,
  })
  const { id } = handed.value
  return {
    program,
    id,
    now: async () => (await call<ApplicationTold>('GET', `/api/applications/${id}`)).value,
  }
}

/** Waits until the application is as it is to be; some work is done in jobs. */
export async function until<T>(
  { now }: Applied,
  look: (application: ApplicationTold) => T | undefined,
  seconds = 120,
): Promise<T> {
  for (let second = 0; second < seconds; second++) {
    const found = look(await now())
    if (found !== undefined) return found
    await wait(1000)
  }
  throw new Error(`it did not come within ${seconds} s: ${JSON.stringify(await now()).slice(0, 300)}`)
}
