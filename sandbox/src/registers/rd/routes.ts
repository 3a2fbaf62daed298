import type { FastifyInstance } from 'fastify'
import { type ById, checkNumber, dayAt, idOf, keyOf, notFound, sendJson, yearIn } from '../application.ts'
import { bodySchema } from '../body-schema.ts'
import { assessFiling, findFiling, type NewAssessment, type NewFiling, recordFiling } from './filings.ts'
import {
  findVatRegistration,
  type NewVatRegistration,
  recordVatRegistration,
  type VatRegister,
} from './vat.ts'
import { findWithholding } from './withholding.ts'

interface ByYear extends ById {
  readonly Params: { readonly id: string; readonly taxYear: string }
}

/** `withholding-v1`: salaries and tax withheld, of years that are over. */
export function withholdingRoutes(app: FastifyInstance, { pool, clock }: VatRegister): void {
  app.get<ByYear>('/persons/:id/withholding/:taxYear', (request) =>
    findWithholding(pool, idOf(request), yearIn(request.params.taxYear), dayAt(clock())),
  )
}

/** `filing-v1`: returns and what was assessed on them. */
export function filingRoutes(app: FastifyInstance, register: VatRegister): void {
  const filing = { schema: bodySchema('filing-v1', 'NewFiling') }
  const assessment = { schema: bodySchema('filing-v1', 'NewAssessment') }
  app.get<ByYear>('/taxpayers/:id/filings/:taxYear', async (request) => {
    const found = await findFiling(register.pool, idOf(request), yearIn(request.params.taxYear))
    return found ?? Promise.reject(notFound())
  })
  app.post<{ Body: NewFiling }>('/filings', filing, async (request, reply) => {
    const key = keyOf(request)
    checkNumber(request.body.taxpayerId, 'taxpayerId')
    return sendJson(reply, 201, await recordFiling(register, key, request.body))
  })
  app.post<ByYear & { Body: NewAssessment }>(
    '/taxpayers/:id/filings/:taxYear/assessments',
    assessment,
    async (request, reply) => {
      const key = keyOf(request)
      const of = { taxpayerId: idOf(request), taxYear: yearIn(request.params.taxYear) }
      return sendJson(reply, 201, await assessFiling(register, key, of, request.body))
    },
  )
}

/** `vat-v1`: who is registered for VAT, with a certificate of each place of business. */
export function vatRoutes(app: FastifyInstance, register: VatRegister): void {
  const registration = { schema: bodySchema('vat-v1', 'NewRegistration') }
  app.get<ById>('/registrations/:id', async (request) => {
    const found = await findVatRegistration(register.pool, register.divisions, idOf(request))
    return found ?? Promise.reject(notFound())
  })
  app.post<{ Body: NewVatRegistration }>('/registrations', registration, async (request, reply) => {
    const key = keyOf(request)
    checkNumber(request.body.taxpayerId, 'taxpayerId')
    return sendJson(reply, 201, await recordVatRegistration(register, key, request.body))
  })
}
