import type { EvidenceKind, EvidenceRecord } from '../../evidence/record.ts'
import type { Grant } from '../../grant/grant.ts'
import { lawInOneLine } from '../../grant/law.ts'
import type { GatewayGround } from '../ground.ts'
import type { Body } from '../transport/body.ts'
import type { ProviderExchange } from './exchange.ts'

/** The request, as the provider's side keeps it. */
export function requestRecord(ground: GatewayGround, exchange: ProviderExchange): EvidenceRecord {
  return {
    ...common(ground, exchange, 'request', exchange.body),
    status: null,
    problem: null,
    head: exchange.message,
    certificate: exchange.certificate,
  }
}

/** The answer as it leaves: the agency's own cut down to the grant, or our signed refusal (`problem`). */
export function answerRecord(
  ground: GatewayGround,
  exchange: ProviderExchange,
  problem: string | null,
): EvidenceRecord {
  const { answer, signed, target } = exchange
  if (!answer || !signed) throw new Error('there is no signed answer')
  return {
    ...common(ground, exchange, 'answer', answer.body),
    status: answer.status,
    problem,
    fields: problem === null ? exchange.fields : [],
    head: signed,
    certificate: ground.signers.of(target.member).keyId,
  }
}

function common(ground: GatewayGround, exchange: ProviderExchange, kind: EvidenceKind, body: Body) {
  const { target, matched, known, clientMember } = exchange
  const grant = known?.grant
  return {
    member: target.member,
    exchange: exchange.id,
    side: 'provider' as const,
    kind,
    at: ground.clock(),
    client: exchange.client,
    service: target.service,
    operation: matched?.operation.id ?? '',
    method: exchange.request.method,
    route: matched?.operation.template ?? '',
    purpose: grant?.purpose ?? '',
    impliedPurpose: false,
    law: grant ? lawInOneLine(grant) : '',
    grant: known?.hash ?? '',
    peer: clientMember,
    subjects: exchange.subjects,
    subjectKey: ground.subjects.current,
    withheldUntil: withheldUntil(grant),
    fields: [] as readonly string[],
    body: keptBody(ground, exchange, body),
    bodyDigest: body.sha256,
    bodyBytes: body.bytes,
    directoryVersion: ground.directory.current().version,
  }
}

function withheldUntil(grant: Grant | undefined): number | null {
  return grant?.withheldUntil === undefined ? null : Date.parse(grant.withheldUntil)
}

/** By the service's own policy; a body too large for the database is kept as its digest. */
function keptBody({ settings }: GatewayGround, exchange: ProviderExchange, body: Body): Buffer | null {
  const policy = exchange.service?.evidence ?? settings.evidence.body
  return policy === 'full' && body.bytes <= settings.evidence.bodyBytes ? body.memory : null
}
