import { counted } from '@sapan/kernel'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { readBody, requestBodyProblems } from '../../transport/read-body.ts'
import type { ConsumerExchange } from '../exchange.ts'

/** Takes in the caller's whole body, because its digest is signed before the first byte is sent on. */
export function receiveBody(ground: GatewayGround): Step<ConsumerExchange> {
  const limits = { ...ground.settings.limits, spillDirectory: ground.spillDirectory }
  return {
    name: 'receiveBody',
    async run(exchange) {
      exchange.body = await readBody(exchange.request.stream, limits, requestBodyProblems)
      const { bytes } = exchange.body
      return { th: `รับเนื้อหาแล้ว ${bytes} ไบต์`, en: `Took in a body of ${counted(bytes, 'byte')}` }
    },
  }
}
