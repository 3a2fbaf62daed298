import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { exchangeProblem } from '../../problems.ts'
import type { ProcessingRecord } from '../processing/activity.ts'
import { processingCsv } from '../processing/csv.ts'
import { processingRecord } from '../processing/processing-record.ts'
import { callerOf } from './authorise.ts'
import type { AdminContext } from './context.ts'

const Day = Type.String({ pattern: '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' })
const Asked = Type.Object(
  {
    member: Type.Optional(Type.String({ description: 'absent: all for whom the caller may ask' })),
    from: Type.Optional(Day),
    to: Type.Optional(Day),
  },
  { additionalProperties: false },
)
const AskedAsTable = Type.Object(
  { ...Asked.properties, language: Type.Optional(Type.Enum(['th', 'en'])) },
  { additionalProperties: false },
)

/** What members do with data about people (PDPA section 39), as JSON and as a table for spreadsheets. */
export function processingRecordRoutes(app: FastifyInstance, context: AdminContext): void {
  const config = { needs: 'look' } as const
  app.get('/v1/processing-record', { schema: { querystring: Asked }, config }, (request) =>
    asked(context, request),
  )
  app.get(
    '/v1/processing-record.csv',
    { schema: { querystring: AskedAsTable }, config },
    async (request, reply) => {
      const { language = 'th' } = request.query as Static<typeof AskedAsTable>
      const table = processingCsv(await asked(context, request), language as 'th' | 'en')
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="processing-record.csv"')
        .send(table)
    },
  )
}

/** By default the last year. Throws `request-invalid` and `member-unknown`. */
async function asked({ ground }: AdminContext, request: FastifyRequest): Promise<ProcessingRecord> {
  const { member, ...days } = request.query as Static<typeof Asked>
  const to = days.to ?? dayAt(ground.clock(), ground.settings.timeZone)
  const from = days.from ?? yearBefore(to)
  for (const day of [from, to]) checkDay(day)
  if (from > to) {
    const detail = { th: 'วันเริ่มต้นอยู่หลังวันสิ้นสุด', en: 'The period ends before it begins' }
    throw exchangeProblem('request-invalid', { detail })
  }
  const caller = callerOf(request)
  const own = ground.signers.members().filter((one) => caller.may(one))
  if (member !== undefined && !own.includes(member)) throw exchangeProblem('member-unknown')
  return await processingRecord(ground, member === undefined ? own : [member], { from, to })
}

/** The pattern lets 31 February through. */
function checkDay(day: string): void {
  const at = new Date(`${day}T00:00:00Z`)
  if (!Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)) return
  const detail = { th: `ไม่มีวันที่ ${day}`, en: `There is no ${day}` }
  throw exchangeProblem('request-invalid', { detail })
}

function dayAt(time: number, timeZone: string): string {
  return new Date(time).toLocaleDateString('sv-SE', { timeZone })
}

/** The day after the same day a year earlier. */
function yearBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCFullYear(at.getUTCFullYear() - 1)
  at.setUTCDate(at.getUTCDate() + 1)
  return at.toISOString().slice(0, 10)
}
