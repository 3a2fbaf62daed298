import type { EvidenceKind, EvidenceRecord } from '../../evidence/record.ts'
import { lawInOneLine } from '../../grant/law.ts'
import type { GatewayGround } from '../ground.ts'
import { type Body, emptyBody } from '../transport/body.ts'
import type { ConsumerExchange } from './exchange.ts'

/** The request, as the consumer's side keeps it. */
export function requestRecord(ground: GatewayGround, exchange: ConsumerExchange): EvidenceRecord {
  return {
    ...common(ground, exchange, 'request', exchange.body),
    at: exchange.startedAt,
    status: null,
    problem: null,
    head: exchange.message,
    certificate: ground.signers.of(exchange.clientMember).keyId,
  }
}

/** The verified answer: the provider's own, or its gateway's signed refusal. */
export function answerRecord(ground: GatewayGround, exchange: ConsumerExchange): EvidenceRecord {
  const { answer } = exchange
  if (!answer) throw new Error('there is no verified answer')
  return {
    ...common(ground, exchange, 'answer', answer.body),
    status: answer.status,
    problem: answer.refusal,
    fields: exchange.fields,
    head: answer.message,
    certificate: answer.certificate,
  }
}

/** How the exchange ended where no answer could be passed on. */
export function failureRecord(
  ground: GatewayGround,
  exchange: ConsumerExchange,
  problem: { code: string; status: number },
): EvidenceRecord {
  return {
    ...common(ground, exchange, 'failure', emptyBody),
    status: problem.status,
    problem: problem.code,
    head: null,
    certificate: '',
  }
}

function common(ground: GatewayGround, exchange: ConsumerExchange, kind: EvidenceKind, body: Body) {
  const { target, matched, known } = exchange
  const { grant } = known
  return {
    member: exchange.clientMember,
    exchange: exchange.id,
    side: 'consumer' as const,
    kind,
    at: ground.clock(),
    client: exchange.client,
    service: target.service,
    operation: matched.operation.id,
    method: exchange.request.method,
    route: matched.operation.template,
    purpose: grant.purpose,
    impliedPurpose: exchange.impliedPurpose,
    law: lawInOneLine(grant),
    grant: known.hash,
    peer: target.member,
    subjects: exchange.subjects,
    subjectKey: ground.subjects.current,
    withheldUntil: grant.withheldUntil === undefined ? null : Date.parse(grant.withheldUntil),
    fields: [] as readonly string[],
    body: keptBody(ground, body),
    bodyDigest: body.sha256,
    bodyBytes: body.bytes,
    directoryVersion: ground.directory.current().version,
  }
}

/** The body itself where the operator keeps bodies and it is not too large; else only its digest is kept. */
function keptBody({ settings }: GatewayGround, body: Body): Buffer | null {
  return settings.evidence.body === 'full' && body.bytes <= settings.evidence.bodyBytes ? body.memory : null
}
