import { checkQuestion } from '../../answers/steps/check-question.ts'
import { deriveAnswer } from '../../answers/steps/derive-answer.ts'
import { answerTopic } from '../../queue/steps/answer-topic.ts'
import { keepMessage } from '../../queue/steps/keep-incoming.ts'
import type { GatewayGround } from '../ground.ts'
import type { Step } from '../step.ts'
import type { ProviderExchange } from './exchange.ts'
import { callProvider } from './steps/call-provider.ts'
import { checkActor } from './steps/check-actor.ts'
import { checkConsent } from './steps/check-consent.ts'
import { checkConsentSubject } from './steps/check-consent-subject.ts'
import { checkConsentedAnswer } from './steps/check-consented-answer.ts'
import { checkGrant } from './steps/check-grant.ts'
import { findOperation } from './steps/find-operation.ts'
import { keepGrantedFields } from './steps/keep-granted-fields.ts'
import { receiveBody } from './steps/receive-body.ts'
import { recordAnswer } from './steps/record-answer.ts'
import { recordRequest } from './steps/record-request.ts'
import { refuseReplay } from './steps/refuse-replay.ts'
import { sign } from './steps/sign.ts'
import { verifyPeer } from './steps/verify-peer.ts'
import { verifySignature } from './steps/verify-signature.ts'

/** What a provider's gateway does with a message, from the peer's certificate to the evidence of the answer. */
export function providerPipeline(ground: GatewayGround): readonly Step<ProviderExchange>[] {
  return [
    verifyPeer(ground),
    verifySignature(ground),
    refuseReplay(ground),
    findOperation(ground),
    checkGrant(ground),
    checkActor(ground),
    checkConsent(ground),
    receiveBody(ground),
    checkConsentSubject(ground),
    recordRequest(ground),
    checkQuestion(ground),
    keepMessage(ground),
    answerTopic(ground),
    callProvider(ground),
    deriveAnswer(ground),
    checkConsentedAnswer(ground),
    keepGrantedFields(ground),
    sign(ground),
    recordAnswer(ground),
  ]
}
