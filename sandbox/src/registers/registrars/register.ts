import type { Pool } from '@sapan/kernel'
import { type Divisions, loadDivisions } from '@sapan/thailand'
import type { FastifyInstance } from 'fastify'
import { type ById, createApplication, handlerOf, idOf, limit, limitOf } from '../application.ts'
import { entryKinds, listEntries, listEntriesOf } from '../dopa/books.ts'
import { registrarMembers, registrarOf } from '../dopa/registrars.ts'
import type { Register, RegisterOptions } from '../register.ts'
import { serviceDocument } from '../service-document.ts'

interface List {
  readonly Querystring: { readonly kind?: string; readonly limit?: string }
}

const list = {
  schema: {
    querystring: { type: 'object', properties: { kind: { type: 'string', enum: [...entryKinds] }, limit } },
  },
}

function routes(app: FastifyInstance, pool: Pool, divisions: Divisions, district: string): void {
  const registrar = registrarOf(divisions, district)
  app.get<List>('/entries', list, async ({ query }) => ({
    registrar,
    ...(await listEntries(pool, district, query.kind, limitOf(query.limit))),
  }))
  app.get<ById>('/persons/:id/entries', async (request) => ({
    registrar,
    ...(await listEntriesOf(pool, district, idOf(request))),
  }))
}

/**
 * The stand-ins of the districts' registrars: each its book (`book/book-v1`), which lies in the central population register
 * as all registrars' do. The pool is that register's.
 */
export async function createRegistrarRegister({ pool, log }: RegisterOptions): Promise<Register> {
  const divisions = await loadDivisions()
  const members = registrarMembers()
  const app = createApplication(log)
  for (const { district } of members)
    app.register(async (part) => routes(part, pool, divisions, district), { prefix: `/${district}/book-v1` })
  return {
    member: members[0]?.id ?? '',
    services: members.map(({ id, district }) => ({
      service: `${id}/book/book-v1`,
      base: `/${district}/book-v1`,
      openapi: serviceDocument('book-v1'),
    })),
    // The population register makes and fills the tables.
    load: async () => 'kept',
    handler: await handlerOf(app),
    close: () => app.close(),
  }
}
