import { type Clock, isNationalId, type Pool } from '@sapan/kernel'
import type { FastifyInstance } from 'fastify'
import { invalid, isDate } from '../application.ts'
import { CheckRate, checkIdentity, type IdentityQuestion } from './check-identity.ts'

const question = {
  body: {
    type: 'object',
    required: ['nationalId', 'cardCode', 'birthDate'],
    additionalProperties: false,
    properties: {
      nationalId: { type: 'string', pattern: '^[0-9]{13}$' },
      cardCode: { type: 'string', pattern: '^[A-Za-z]{2}[0-9]-?[0-9]{7}-?[0-9]{2}$' },
      birthDate: { type: 'string', pattern: '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$' },
    },
  },
}

/** Whether a date of ISO 8601, whole or without day or month, is one of the calendar. */
function isBirthDate(text: string): boolean {
  return isDate(`${text}-01-01`.slice(0, 10))
}

/** `identity-v1`: checks of what is printed on a card. */
export function identityRoutes(app: FastifyInstance, pool: Pool, clock: Clock): void {
  const rate = new CheckRate(clock)
  app.post<{ Body: IdentityQuestion }>('/checks', { schema: question }, (request) => {
    const { nationalId, birthDate } = request.body
    if (!isNationalId(nationalId))
      throw invalid('เลขประจำตัวประชาชน', 'The last digit of nationalId does not check.')
    if (!isBirthDate(birthDate)) throw invalid('วันเกิด', 'birthDate is no date of the calendar.')
    rate.count(nationalId)
    return checkIdentity(pool, request.body)
  })
}
