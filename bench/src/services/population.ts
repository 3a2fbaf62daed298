import { createHash } from 'node:crypto'
import { BinaryCopy, copyIn, inTransaction } from '@sapan/kernel'
import type { House } from 'sapan/operator'
import { accountOf, uuid } from '../identity/people.ts'
import { populate } from '../identity/population.ts'
import { applicantOf, draftOf, filledIn } from './filing.ts'
import type { ServicesHouse } from './house.ts'
import { tokenOf } from './session-cookies.ts'

type Whole = House & { readonly services: ServicesHouse }

interface Table {
  readonly into: string
  readonly fields: number
  write(rows: BinaryCopy, person: number): void
}

const batch = 10_000
const hour = 3_600_000

/** People who are signed in at the portal, each with a form that is filled in whole. Rows are sealed as the house seals them. */
export async function populateDrafts(house: Whole, people: number): Promise<void> {
  const { pool, sealer, hashKey } = house.ground
  await populate({ pool, sealer, hashKey, publicKey: Buffer.alloc(77) }, people)
  for (const table of [...sessionTables(house), draftTable(house)])
    for (let from = 0; from < people; from += batch) {
      const rows = new BinaryCopy(batch * 512)
      for (let person = from; person < Math.min(people, from + batch); person++) {
        rows.row(table.fields)
        table.write(rows, person)
      }
      await inTransaction(pool, (client) =>
        copyIn(client, `copy ${table.into} from stdin (format binary)`, rows.finish()),
      )
    }
  await pool.query('vacuum analyze')
  await pool.query('checkpoint')
}

function sessionTables({ ground }: Whole): Table[] {
  const { sealer, levels } = ground
  const now = Date.now()
  const acr = levels.acrOf({ ial: '2.3', aal: '2.2' })
  const sealed = (place: string, text: string) => sealer.seal(Buffer.from(text), Buffer.from(place))
  return [
    {
      into: 'identity.sign_in_session (uid, account_id, agent_sealed, sids, first_used_at, last_used_at)',
      fields: 6,
      write: (rows, person) =>
        void rows
          .text(`uid-${person}`)
          .uuid(accountOf(person))
          .bytea(sealed(`sign_in_session.agent_sealed uid-${person}`, 'bench'))
          .textArray([hash(`sid:sid-${person}`).toString('base64url')])
          .timestamptz(now)
          .timestamptz(now),
    },
    {
      into: 'identity.oidc_payload (id, model, uid, account_id, content_sealed, expires_at)',
      fields: 6,
      write: (rows, person) =>
        void rows
          .bytea(hash(`Session:bench-${person}`))
          .text('Session')
          .text(`uid-${person}`)
          .uuid(accountOf(person))
          .bytea(Buffer.alloc(200))
          .timestamptz(now + 12 * hour),
    },
    {
      into: `portal.session (id, token_hash, account_id, issuer_session, acr, authenticated_at, name_sealed, began_at,
        seen_at, expires_at)`,
      fields: 10,
      write: (rows, person) => {
        const id = uuid('session', person)
        const name = JSON.stringify({ th: 'สมหญิง ใจดี', en: 'Somying Jaidee' })
        rows
          .uuid(id)
          .bytea(hash(tokenOf(person)))
          .uuid(accountOf(person))
          .text(`sid-${person}`)
          .text(acr)
        rows.timestamptz(now).bytea(sealed(`portal.session.name_sealed ${id}`, name))
        // Seen in a while to come: none runs out before its person's turn.
        rows
          .timestamptz(now)
          .timestamptz(now + 2 * hour)
          .timestamptz(now + 12 * hour)
      },
    },
  ]
}

function draftTable({ ground, services }: Whole): Table {
  const { definition, content } = filledIn(services)
  const now = Date.now()
  return {
    into: 'services.draft (id, service, version, account_id, content_sealed, revision, created_at, changed_at)',
    fields: 8,
    write: (rows, person) => {
      const id = draftOf(person)
      const plain = JSON.stringify({ content: { ...content, applicant: applicantOf(person) } })
      const place = Buffer.from(`services.draft.content_sealed ${id}`)
      rows.uuid(id).text(definition.id).int4(definition.version).uuid(accountOf(person))
      rows
        .bytea(ground.sealer.seal(Buffer.from(plain), place))
        .int4(2)
        .timestamptz(now)
        .timestamptz(now)
    },
  }
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
