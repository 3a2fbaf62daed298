import { exchangeProblem } from '../../../problems.ts'
import { checkContentDigest } from '../../../signature/digest.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { single } from '../../transport/headers.ts'
import { requestBodyProblems } from '../../transport/read-body.ts'
import type { ProviderExchange } from '../exchange.ts'

/** Takes in the whole body and holds it against its signed digest before anyone sees a byte of it. */
export function receiveBody(ground: GatewayGround): Step<ProviderExchange> {
  const limits = { ...ground.settings.limits, spillDirectory: ground.spillDirectory }
  return {
    name: 'receiveBody',
    async run(exchange) {
      const digest = single(exchange.headers, 'content-digest')
      if (digest === undefined) throw exchangeProblem('digest-missing')
      exchange.body = await exchange.request.body.read(limits, requestBodyProblems)
      checkContentDigest(digest, exchange.body.sha256)
      return { th: 'เนื้อหาครบถ้วนตามที่ลงลายมือชื่อ', en: 'The body is the one that was signed' }
    },
  }
}
