import type { Pool, Text } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { plainWords } from '../given/proposal.ts'
import type { JointAct } from '../joint/joint-act.ts'
import type { Mandates } from '../mandates.ts'
import { type Doer, mandateProblem } from '../room.ts'

/** What a declaration says, for its document. */
export interface DeclarationFacts {
  readonly company: { readonly number: string; readonly name: Text }
  readonly text: string
  readonly confirmedBy: readonly { readonly name: Text; readonly at: number }[]
  /** SHA-256 over the canonical JSON of the joint act, in hex. */
  readonly hash: string
  /** Milliseconds since 1970: when it was made. */
  readonly at: number
}

export interface DeclarationPorts {
  readonly mandates: Pick<Mandates, 'joint'>
  nameOf(account: string): Promise<Text>
  /** The document, unsigned. Throws a Problem for a text that no document can have. */
  render(facts: DeclarationFacts): Promise<Uint8Array>
  /** Seals it as the operator. */
  seal(pdf: Uint8Array): Promise<Uint8Array>
}

interface Ground {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly clock: () => number
}

export interface NewDeclaration {
  /** The company's mandate of who prepares it. */
  readonly mandate: string
  readonly text: string
  readonly seal?: boolean
}

/** Declarations on behalf of a company, which the directors confirm as its register wants it. */
export interface Declarations {
  /** Throws as `joint.prepare`, and as `render` for a text that the document could not show. */
  prepare(doer: Doer, asked: NewDeclaration): Promise<string>
  /** Carries out what was confirmed, and makes the document. Throws as `joint.carryOut`. */
  declare(doer: Doer, id: string): Promise<void>
  /** For whoever took part or is in office. Throws `joint-act-not-found`, `joint-act-over` where there is none yet. */
  document(doer: Doer, id: string): Promise<Uint8Array>
}

/** The kind of act; the country's data says who must confirm it. */
export const declarationScope = 'declare'

const longestText = 2_000

/** What is declared; undefined for another act. */
export function declaredText({ act, scope }: Pick<JointAct, 'act' | 'scope'>): string | undefined {
  if (scope !== declarationScope || typeof act !== 'object' || act === null) return undefined
  return 'text' in act && typeof act.text === 'string' ? act.text : undefined
}

export function createDeclarations(ground: Ground, ports: DeclarationPorts): Declarations {
  const { mandates, render, nameOf } = ports
  return {
    async prepare(doer, { mandate, text: written, seal = false }) {
      const text = plainWords(written, longestText)
      if (text === '') throw nothingSaid()
      const company = { number: '0', name: { th: '-', en: '-' } }
      await render({ company, text, confirmedBy: [], hash: '0'.repeat(64), at: ground.clock() })
      const act = { kind: 'declaration', text }
      return await mandates.joint.prepare(doer, { mandate, scope: declarationScope, act, words: text, seal })
    },
    async declare(doer, id) {
      const { act, scope, state } = await ownDeclaration(ports, doer, id)
      if (state !== 'used') await mandates.joint.carryOut(doer, id, { scope, act })
      await documentOf(ground, { ...ports, nameOf }, await ownDeclaration(ports, doer, id))
    },
    async document(doer, id) {
      const act = await ownDeclaration(ports, doer, id)
      if (act.state !== 'used') throw mandateProblem('joint-act-over')
      return await documentOf(ground, ports, act)
    },
  }
}

function nothingSaid() {
  const detail = { th: 'เขียนสิ่งที่จะแถลง', en: 'Write what is declared.' }
  return mandateProblem('mandate-terms-invalid', { detail })
}

async function ownDeclaration({ mandates }: DeclarationPorts, doer: Doer, id: string): Promise<JointAct> {
  const act = await mandates.joint.seen(doer, id)
  if (declaredText(act) === undefined) throw mandateProblem('joint-act-not-found')
  return act
}

const place = (id: string): Buffer => Buffer.from(`declaration.content ${id}`)

/** The one that is kept, or made now: who carried it out may have been cut off before it was. Of two at once one is kept. */
async function documentOf(
  { pool, sealer, clock }: Ground,
  ports: DeclarationPorts,
  act: JointAct,
): Promise<Uint8Array> {
  const kept = async () => {
    const { rows } = await pool.query<{ content_sealed: Buffer }>(
      'select content_sealed from identity.declaration where joint_act = $1',
      [act.id],
    )
    return rows[0] && sealer.open(rows[0].content_sealed, place(act.id))
  }
  const found = await kept()
  if (found) return found
  const made = await ports.seal(await ports.render(await factsOf(ports, act)))
  await pool.query(
    `insert into identity.declaration (joint_act, content_sealed, made_at) values ($1, $2, $3)
     on conflict do nothing`,
    [act.id, sealer.seal(Buffer.from(made), place(act.id)), new Date(clock())],
  )
  return (await kept()) ?? made
}

async function factsOf({ nameOf }: DeclarationPorts, act: JointAct): Promise<DeclarationFacts> {
  const { number, name, hash, confirmations, completedAt, createdAt } = act
  return {
    company: { number, name },
    text: declaredText(act) ?? '',
    hash,
    at: completedAt ?? createdAt,
    confirmedBy: await Promise.all(
      confirmations.map(async ({ account, confirmedAt }) => ({
        name: await nameOf(account),
        at: confirmedAt,
      })),
    ),
  }
}
