import { Problem } from '@sapan/kernel'
import type { ConsumerExchange } from '../gateway/consumer/exchange.ts'
import { runConsumer } from '../gateway/consumer/run.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import { noteExchange } from '../gateway/note-exchange.ts'
import type { Step } from '../gateway/step.ts'

/**
 * Takes an exchange that the gateway makes by itself through its pipeline; returns what `read` finds in its answer. Throws the
 * Problem with which it ended.
 */
export async function conduct<T>(
  ground: GatewayGround,
  pipeline: readonly Step<ConsumerExchange>[],
  exchange: ConsumerExchange,
  read: () => Promise<T>,
): Promise<T> {
  try {
    await runConsumer(ground, pipeline, exchange)
    const found = await read()
    noteExchange(ground, 'consumer', exchange, String(exchange.answer?.status ?? ''))
    return found
  } catch (error) {
    if (error instanceof Problem) noteExchange(ground, 'consumer', exchange, error.code)
    throw error
  } finally {
    await exchange.dispose()
  }
}
