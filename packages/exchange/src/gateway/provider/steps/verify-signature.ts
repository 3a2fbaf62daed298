import { parseExchangeTarget } from '../../../address.ts'
import { memberOf, parseSubsystem } from '../../../identifier.ts'
import { exchangeProblem } from '../../../problems.ts'
import type { SignedMessage } from '../../../signature/message.ts'
import { type SignatureParameters, signatureParameters } from '../../../signature/parameters.ts'
import { parseSignedRequest } from '../../../signature/parse.ts'
import { checkFreshness, lapsesAt, verifySigned } from '../../../signature/verify.ts'
import { authorityOf } from '../../authority.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { type HeaderList, single } from '../../transport/headers.ts'
import type { ProviderExchange } from '../exchange.ts'

/**
 * The message must be signed, whole and recent, by the member that it says it is from, which the connected
 * gateway may speak for, and be meant for us.
 */
export function verifySignature(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'verifySignature',
    run(exchange) {
      const { method, authority, rawTarget, rawHeaders } = exchange.request
      exchange.target = parseExchangeTarget(rawTarget)
      const message = parseSignedRequest(method, authority, rawTarget, rawHeaders)
      exchange.message = message
      exchange.headers = message.fields
      const parameters = signatureParameters(message)
      const signer = verifiedSigner(ground, message, parameters)
      ground.clockWatch.hear(exchange.peerGateway, parameters.created)
      checkTime(ground, exchange, parameters)
      readSender(exchange, message.fields, parameters.created)
      checkParties(ground, exchange, signer)
      exchange.certificate = parameters.keyId
      exchange.verified = true
      return { th: `ลายมือชื่อของ ${signer} ถูกต้อง`, en: `The signature of ${signer} holds` }
    },
  }
}

/** The member whose certificate signed. Expiry and revocation are looked at for every message. */
function verifiedSigner(
  ground: GatewayGround,
  message: SignedMessage,
  { keyId, algorithm }: SignatureParameters,
): string {
  const known = ground.directory.current().certificate(keyId)
  const now = ground.clock()
  if (known?.use !== 'signing' || now < known.notBefore || now >= known.notAfter) {
    throw exchangeProblem('signature-key-unknown')
  }
  if (known.algorithm !== algorithm || !verifySigned(message, known))
    throw exchangeProblem('signature-invalid')
  return known.holder
}

function checkTime(ground: GatewayGround, exchange: ProviderExchange, parameters: SignatureParameters): void {
  const { clockSkew, message: longestLife } = ground.settings.timeouts
  checkFreshness(parameters, ground.clock(), { skew: clockSkew, longestLife })
  exchange.nonce = parameters.nonce
  exchange.expires = lapsesAt(parameters, clockSkew)
}

function readSender(exchange: ProviderExchange, headers: HeaderList, created: number): void {
  const { subsystem, member } = parseSubsystem(required(headers, 'x-road-client'))
  exchange.client = subsystem
  exchange.clientMember = member
  exchange.id = required(headers, 'sapan-exchange')
  if (!isNewExchangeId(exchange.id, created * 1000)) {
    throw exchangeProblem('header-malformed', { extensions: { header: 'sapan-exchange' } })
  }
}

const exchangeId = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const mostBetween = 300_000

/** A UUID of version 7 made when the message was: evidence is found by the time in it. */
function isNewExchangeId(id: string, created: number): boolean {
  const [, high = '', low = ''] = exchangeId.exec(id) ?? []
  return Math.abs(Number.parseInt(high + low, 16) - created) <= mostBetween
}

function required(headers: HeaderList, name: string): string {
  const value = single(headers, name)
  if (value === undefined) throw exchangeProblem('covered-header-missing', { extensions: { header: name } })
  return value
}

function checkParties(ground: GatewayGround, exchange: ProviderExchange, signer: string): void {
  const { headers, target, clientMember, peerGateway, client, message } = exchange
  const authority = message?.authority
  const view = ground.directory.current()
  if (clientMember !== signer || required(headers, 'sapan-sender') !== signer || !view.hasSubsystem(client)) {
    throw exchangeProblem('signature-invalid', {
      detail: { th: 'ผู้ลงลายมือชื่อไม่ใช่ผู้ส่งที่ระบุ', en: 'The signer is not the sender that is named' },
    })
  }
  if (!view.speaksFor(peerGateway, signer)) throw exchangeProblem('peer-not-for-member')
  const receiver = required(headers, 'sapan-receiver')
  ground.signers.checkStays(receiver)
  const service = required(headers, 'sapan-service')
  const ours = service === target.service && receiver === memberOf(service) && ground.signers.hosts(receiver)
  // Any gateway of the receiver may answer: where one is down, the sender goes to the next with the same message.
  const named = view.gatewaysOf(receiver).some((gateway) => authorityOf(gateway) === authority)
  if (!ours || !named) {
    throw exchangeProblem('message-for-another')
  }
}
