import type { IncomingMessage, ServerResponse } from 'node:http'
import { memberOf } from '../../identifier.ts'
import { exchangeProblem } from '../../problems.ts'
import { ConsumerExchange } from '../consumer/exchange.ts'
import { consumerPipeline } from '../consumer/pipeline.ts'
import { runConsumer } from '../consumer/run.ts'
import { edgeCaller } from '../edge/exchange-route.ts'
import { problemOf } from '../fault.ts'
import type { GatewayGround } from '../ground.ts'
import { noteExchange } from '../note-exchange.ts'
import { listGdxRoutes } from '../store/gdx-routes.ts'
import type { Admission } from '../transport/admission.ts'
import { memoryBody } from '../transport/body.ts'
import { writeAnswer } from '../transport/finish.ts'
import { type HeaderList, headerList, rawValue, single } from '../transport/headers.ts'
import { continueTrace } from '../transport/trace.ts'
import { writeGdxFailure } from './failure.ts'
import { mapGdxCall, readGdxQuery } from './route.ts'
import { speakForSubsystem } from './speak-for-subsystem.ts'
import { GdxTokens } from './tokens.ts'

/**
 * `/ws/…`: the two steps by which callers of GDX ask. A call becomes an ordinary exchange, in which nothing of the caller's
 * headers goes on but the form and the language of the answer.
 */
export function gdxDoor(ground: GatewayGround, admission: Admission) {
  const tokens = new GdxTokens(ground)
  const pipeline = consumerPipeline(ground, speakForSubsystem(ground))

  const validate = async (headers: HeaderList, query: string, response: ServerResponse) => {
    const given = readGdxQuery(query)
    const token = await tokens.issue({
      key: single(headers, 'consumer-key'),
      secret: given.get('ConsumerSecret'),
      agent: given.get('AgentID'),
    })
    const body = memoryBody(Buffer.from(JSON.stringify({ Result: token })))
    const kind = [
      ['content-type', 'application/json'],
      ['cache-control', 'no-store'],
    ] as const
    await writeAnswer(response, 200, kind, body)
  }

  const mapped = async (headers: HeaderList, path: string, query: string) => {
    const { consumer, agent } = await tokens.use(single(headers, 'consumer-key'), single(headers, 'token'))
    const { target, purpose } = mapGdxCall(await listGdxRoutes(ground.pool, path), query)
    const kept = headers.filter(([name]) => name === 'accept' || name === 'accept-language')
    const claimed: HeaderList = [
      ...kept,
      ['x-road-client', consumer.subsystem],
      ['x-road-userid', agent],
      ...(purpose === null ? [] : ([['sapan-purpose', purpose]] as const)),
    ]
    return { target, member: memberOf(consumer.subsystem), headers: claimed }
  }

  const carryOut = async (response: ServerResponse, member: string, exchange: ConsumerExchange) => {
    try {
      await admission.run(member, () => runConsumer(ground, pipeline, exchange))
      await passOn(response, exchange)
      noteExchange(ground, 'consumer', exchange, String(exchange.answer?.status ?? ''))
    } catch (error) {
      noteExchange(ground, 'consumer', exchange, problemOf(error, ground.log).code)
      throw error
    } finally {
      await exchange.dispose()
    }
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const trace = continueTrace(rawValue(request.rawHeaders, 'traceparent'))
    try {
      if (request.method !== 'GET') throw exchangeProblem('gdx-get-only')
      const headers = headerList(request.rawHeaders)
      const [path = '', ...rest] = (request.url ?? '').split('?')
      const query = rest.join('?')
      if (path === '/ws/auth/validate') {
        await admission.run('', () => validate(headers, query, response))
        return
      }
      const { target, member, headers: claimed } = await mapped(headers, path, query)
      const call = { method: 'GET', rawTarget: target, headers: claimed, stream: request, trace }
      const exchange = new ConsumerExchange({ ...call, caller: edgeCaller(request) }, ground.clock(), false)
      await carryOut(response, member, exchange)
    } catch (error) {
      const base = ground.settings.edgeOrigin
      await writeGdxFailure(request, response, problemOf(error, ground.log), { base, traceId: trace.traceId })
    }
  }
}

async function passOn(response: ServerResponse, { answer, id }: ConsumerExchange): Promise<void> {
  if (!answer) throw new Error('there is no answer')
  const kept = answer.headers.filter(([name]) => name !== 'content-digest' && !name.startsWith('sapan-'))
  await writeAnswer(response, answer.status, [...kept, ['sapan-exchange', id]], answer.body)
}
