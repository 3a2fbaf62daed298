import { hash } from 'node:crypto'
import { memberOf } from '../../identifier.ts'
import { parseContentDigest } from '../../signature/digest.ts'
import type { SignedMessage } from '../../signature/message.ts'
import { signatureParameters } from '../../signature/parameters.ts'
import { isTimely } from '../../signature/verify.ts'
import { type ExportedRecord, headOf } from '../export/pieces.ts'
import type { Findings } from './findings.ts'

/** Whether what each record says in clear is what the message says that was signed, and what the others say. */
export function checkAgreement(records: readonly ExportedRecord[], findings: Findings): void {
  for (const piece of records) {
    const wrong = disagreement(piece, records[0] ?? piece)
    if (wrong === undefined && !headOf(piece)) continue
    const file = `${piece.record.kind}.json`
    findings.note(
      `${piece.record.kind}-record`,
      wrong === undefined,
      {
        yes: {
          th: `${file}: บันทึกตรงกับข้อความที่ลงนาม`,
          en: `${file}: the record says what the signed message says.`,
        },
        no: {
          th: `${file}: ${wrong} ไม่ตรงกับข้อความที่ลงนาม`,
          en: `${file}: the record’s ${wrong} is not what the signed message says.`,
        },
      },
      file,
    )
  }
}

/** What all records of an exchange say alike. */
const common = [
  'client',
  'service',
  'operation',
  'method',
  'route',
  'purpose',
  'impliedPurpose',
  'law',
  'grant',
] as const

/** The first column that contradicts the message, or the first record. */
function disagreement(piece: ExportedRecord, first: ExportedRecord): string | undefined {
  const { record, content } = piece
  const differs = common.find((column) => record[column] !== first.record[column])
  if (differs) return differs
  const { consumer, provider } = partiesOf(piece)
  if (memberOf(record.client) !== consumer) return 'client'
  if (memberOf(record.service) !== provider) return 'service'
  const head = headOf(piece)
  if (!head) return undefined
  if (head.kind !== record.kind) return 'kind'
  const said = new Map(head.fields)
  if (said.get('sapan-exchange') !== record.exchange) return 'exchange'
  if (!wasAlive(record.at, head)) return 'time'
  if (!digestAgrees(said.get('content-digest'), content?.bodyDigest ?? '') && !isUnread(piece))
    return 'body digest'
  return head.kind === 'request'
    ? requestDisagreement(piece, head, said)
    : answerDisagreement(piece, head, said)
}

/**
 * Whether there is an answer that is no refusal. Only the provider's signature says that one is: the record alone
 * could call any answer a refusal, and so do without a grant.
 */
export function isAnswered(records: readonly ExportedRecord[]): boolean {
  return records.some((piece) => {
    if (piece.record.kind !== 'answer') return false
    const head = headOf(piece)
    return head ? head.fields.every(([name]) => name !== 'sapan-problem') : piece.record.problem === null
  })
}

/** Who asked and who was asked. */
export function partiesOf({ record }: ExportedRecord): { consumer: string; provider: string } {
  const { side, member, peer } = record
  return side === 'consumer' ? { consumer: member, provider: peer } : { consumer: peer, provider: member }
}

type Said = ReadonlyMap<string, string>

function requestDisagreement(piece: ExportedRecord, head: SignedMessage, said: Said): string | undefined {
  const { record } = piece
  const { consumer, provider } = partiesOf(piece)
  if (head.method !== record.method) return 'method'
  const base = `/r1/${record.service}`
  const rest = head.path.startsWith(base) ? head.path.slice(base.length) : undefined
  if (rest === undefined || (rest !== '' && !rest.startsWith('/'))) return 'service'
  if (record.route !== '' && !fitsTemplate(rest, record.route)) return 'route'
  if (said.get('x-road-client') !== record.client) return 'client'
  if ((said.get('sapan-sender') ?? consumer) !== consumer) return 'member'
  if ((said.get('sapan-receiver') ?? provider) !== provider) return 'peer'
  // A record that names no grant claims no purpose either: it is one of a refusal.
  if (record.grant === '') return record.purpose === '' ? undefined : 'purpose'
  if (said.get('sapan-purpose') !== record.purpose) return 'purpose'
  return said.get('sapan-grant') === record.grant ? undefined : 'grant'
}

function answerDisagreement({ record }: ExportedRecord, head: SignedMessage, said: Said): string | undefined {
  if (head.status !== record.status) return 'status'
  return (said.get('sapan-problem') ?? null) === record.problem ? undefined : 'problem'
}

/** Whether the record was made while its message was alive. */
function wasAlive(at: number, head: SignedMessage): boolean {
  try {
    return isTimely(signatureParameters(head), at)
  } catch {
    return false
  }
}

/** Whether a path is one of the template: parameters are whole segments. */
function fitsTemplate(path: string, template: string): boolean {
  const segments = path.split('/')
  const expected = template.split('/')
  return (
    segments.length === expected.length &&
    expected.every((each, n) => (each.startsWith('{') ? segments[n] !== '' : decoded(segments[n]) === each))
  )
}

function decoded(segment = ''): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}

/** A request that was refused may have been refused before its body was read; then it names no grant. */
function isUnread({ record, content }: ExportedRecord): boolean {
  return record.kind === 'request' && record.grant === '' && content?.bodyDigest === digestOfNothing
}

const digestOfNothing = hash('sha256', '', 'hex')

function digestAgrees(header: string | undefined, bodyDigest: string): boolean {
  try {
    return header !== undefined && parseContentDigest(header).toString('hex') === bodyDigest
  } catch {
    return false
  }
}
