import { Problem, registeredProblems } from '@sapan/kernel'
import { problemOf } from '../fault.ts'
import type { GatewayGround } from '../ground.ts'
import { runSteps, type Step } from '../step.ts'
import type { ConsumerExchange } from './exchange.ts'
import { recordFailure } from './record-failure.ts'

/**
 * Takes an exchange through the pipeline. Throws the Problem with which it ended, after what could be recorded of it
 * was: from the moment it was signed there is evidence of how it ended.
 */
export async function runConsumer(
  ground: GatewayGround,
  pipeline: readonly Step<ConsumerExchange>[],
  exchange: ConsumerExchange,
): Promise<void> {
  try {
    await runSteps('consumer', pipeline, exchange)
  } catch (error) {
    const problem = problemOf(error, ground.log)
    if (exchange.message !== null) await recordFailure(ground, exchange, problem)
    throw problem
  }
  const refusal = providerRefusal(exchange)
  if (refusal) throw refusal
}

/** The refusal that the provider's gateway signed, as the problem that it is. */
function providerRefusal({ answer }: ConsumerExchange): Problem | undefined {
  if (!answer || answer.refusal === null) return undefined
  const type = registeredProblems().get(answer.refusal)
  if (!type) return undefined
  const document = readDocument(answer.body.memory)
  const { code: _, status: __, title: ___, type: ____, next: _____, detail, th, en, ...extensions } = document
  const thai = text(th, 'detail')
  const english = typeof detail === 'string' ? detail : text(en, 'detail')
  return new Problem(type, {
    extensions,
    ...(thai !== undefined && english !== undefined ? { detail: { th: thai, en: english } } : {}),
  })
}

function readDocument(body: Buffer | null): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse((body ?? Buffer.alloc(0)).toString('utf8'))
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  } catch {
    return {}
  }
}

function text(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null || !(key in value)) return undefined
  const found = Object.entries(value).find(([name]) => name === key)?.[1]
  return typeof found === 'string' ? found : undefined
}
