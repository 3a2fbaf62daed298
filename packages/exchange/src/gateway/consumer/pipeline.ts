import type { GatewayGround } from '../ground.ts'
import type { Step } from '../step.ts'
import type { ConsumerExchange } from './exchange.ts'
import { checkActor } from './steps/check-actor.ts'
import { checkConsent } from './steps/check-consent.ts'
import { checkConsentSubject } from './steps/check-consent-subject.ts'
import { chooseGateway } from './steps/choose-gateway.ts'
import { findGrant } from './steps/find-grant.ts'
import { findService } from './steps/find-service.ts'
import { parseAddress } from './steps/parse-address.ts'
import { receiveBody } from './steps/receive-body.ts'
import { recordAnswer } from './steps/record-answer.ts'
import { recordIntent } from './steps/record-intent.ts'
import { send } from './steps/send.ts'
import { settlePurpose } from './steps/settle-purpose.ts'
import { sign } from './steps/sign.ts'
import { verifyAnswer } from './steps/verify-answer.ts'

/**
 * What a consumer's gateway does with a call, from the caller's request line to the evidence of the answer. `authenticate`: how
 * the door by which the call came knows its caller. `suited`: what that door asks of the operation.
 */
export function consumerPipeline(
  ground: GatewayGround,
  authenticate: Step<ConsumerExchange>,
  suited: readonly Step<ConsumerExchange>[] = [],
): readonly Step<ConsumerExchange>[] {
  return [
    parseAddress,
    authenticate,
    findService(ground),
    ...suited,
    findGrant(ground),
    settlePurpose,
    checkActor(ground),
    checkConsent(ground),
    chooseGateway(ground),
    receiveBody(ground),
    checkConsentSubject(ground),
    sign(ground),
    recordIntent(ground),
    send(ground),
    verifyAnswer(ground),
    recordAnswer(ground),
  ]
}
