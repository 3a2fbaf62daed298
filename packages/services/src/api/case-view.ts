import type { Case, CaseSummary } from '@sapan/casework'
import type { BoxDocument } from '@sapan/documentbox'
import type { Payment } from '@sapan/payments'
import type { Doing } from '../tracking/doings.ts'
import type { ToldDecision } from '../tracking/told-decision.ts'

/** A case as a program sees it; times in UTC (RFC 3339). */
export function caseView(found: CaseSummary) {
  const { id, number, agency, service, version, title, state } = found
  const times = ['receivedAt', 'effectiveReceivedAt', 'dueAt', 'lapseAt', 'endedAt', 'appealUntil'] as const
  return {
    ...{ id, number, agency, service, version, title, state },
    ...Object.fromEntries(
      times.flatMap((name) => (found[name] === undefined ? [] : [[name, time(found[name])]])),
    ),
  }
}

interface WholeCase {
  readonly documents: readonly BoxDocument[]
  readonly payments: readonly Payment[]
  /** What who looks can do now. */
  readonly doings: readonly Doing[]
  /** Absent until there is one that can be read. */
  readonly told?: ToldDecision | undefined
}

/** With what can be done now, what was decided, what is to be paid, and the signed documents that came of it. */
export function wholeCaseView(found: Case, { documents, payments, doings, told }: WholeCase) {
  return {
    ...caseView(found),
    ...(told && { decision: decisionView(told) }),
    links: Object.fromEntries(doings.map((doing) => [doing, `/api/applications/${found.id}/${doing}`])),
    payments: payments.map(paymentView),
    documents: documents.map((one) => documentView(found.id, one)),
  }
}

function decisionView({ decision, filledIn }: ToldDecision) {
  const { outcome, favours, reasons, at } = decision
  return {
    ...{ outcome, favours, reasons, decidedAt: time(at) },
    filledIn: filledIn.map(({ field: { id, type, label }, value }) => ({ id, type, label, value })),
  }
}

/** Whole satang; `payload` is what a QR code of it says (EMVCo). */
export function paymentView(payment: Payment) {
  const { id, state, amount, paid, dueAt, payload, bankReference, payee, parts } = payment
  return {
    ...{ id, state, payee, amount, paid, dueAt: time(dueAt), payload, bankReference },
    parts: parts.map((part) => ({ owed: part.owed, dueAt: time(part.dueAt) })),
  }
}

function documentView(application: string, document: BoxDocument) {
  const { id, kind, title, number, issuer, issuedAt, validTill, ended, bytes, sha256 } = document
  return {
    ...{ id, kind, title, number, issuer, issuedAt: time(issuedAt) },
    ...(validTill !== undefined && { validTill: time(validTill) }),
    ...(ended && { ended: { at: time(ended.at), why: ended.why } }),
    ...{ mediaType: 'application/pdf', bytes, sha256 },
    href: `/api/applications/${application}/documents/${id}`,
  }
}

function time(at: number): string {
  return new Date(at).toISOString()
}
