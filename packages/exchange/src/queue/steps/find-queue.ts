import type { ConsumerExchange } from '../../gateway/consumer/exchange.ts'
import type { Step } from '../../gateway/step.ts'
import { exchangeProblem } from '../../problems.ts'

/** Messages go to operations that are queues by the service's own description, and to no others. */
export const findQueue: Step<ConsumerExchange> = {
  name: 'findQueue',
  run({ matched, target }) {
    if (matched.operation.queue === null) {
      throw exchangeProblem('queue-unknown', { extensions: { service: target.service } })
    }
    return { th: `คิว ${matched.operation.id}`, en: `The queue ${matched.operation.id}` }
  },
}
