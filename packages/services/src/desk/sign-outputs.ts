import { createHash } from 'node:crypto'
import type { Cases, Officer } from '@sapan/casework'
import { signerBox } from '@sapan/documents'
import { openPdf } from '@sapan/documents/check'
import type { DocumentSigning, Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import type { ServicesGround } from '../ground.ts'
import type { OutputSigner } from '../outputs/data.ts'
import { type PreparedOutput, prepareOutputs, putSigned } from '../outputs/prepare.ts'
import type { DeskOutput, DeskSigning } from './options.ts'
import { deskCaseProblems } from './problems.ts'

export interface SignOutputsOptions {
  readonly ground: ServicesGround
  readonly cases: Pick<Cases, 'read'>
  readonly documents: Pick<DocumentSigning, 'begin' | 'find'>
}

interface Asked {
  readonly output: string
  readonly document_id: string
  readonly decided_at: Date
  readonly signs: Buffer
  readonly taken_at: Date | null
}

/** Officers sign what a decision brings with keys of their own, as any document at the desk. */
export function createDeskSigning(options: SignOutputsOptions): DeskSigning {
  const { ground, documents, cases } = options
  const { pool, clock } = ground
  return {
    outputs: async (caseId, officer) => await outputsFor(options, caseId, officer),
    preview: async (officer, caseId, output) => {
      await cases.read(officer, caseId)
      return (await preparedOne(options, officer, { case: caseId, output })).pdf
    },
    begin: async (who, { case: { case: id }, output, language }) => {
      const officer = officerOf(who)
      const { pdf, number, decidedAt } = await preparedOne(options, officer, { case: id, output })
      const signer = { account: who.account, appointment: who.officer?.appointment ?? '' }
      const name = `${number.replaceAll('/', '-')}.pdf`
      const back = `/desk/cases/${id}`
      const document = { name, bytes: pdf, language, back, ...(await boxFor(ground, officer, pdf)) }
      const begun = await documents.begin(signer, document)
      await pool.query(ASK, [id, output, who.account, begun.id, new Date(decidedAt), digestOf(pdf)])
      return begun.confirm
    },
    take: async (who, caseId) => {
      const officer = officerOf(who)
      const prepared = await preparedFor(options, officer, caseId)
      for (const asked of await askedOf(ground, caseId, who.account)) {
        const output = prepared.find((one) => one.output === asked.output)
        if (asked.taken_at !== null || output === undefined || !isStill(asked, output)) continue
        const document = await foundOf(options, who, asked)
        if (document?.state !== 'signed') continue
        await putSigned(ground, caseId, asked.output, document.content)
        const taken = [new Date(clock()), caseId, asked.output, who.account]
        await pool.query(TAKEN, taken)
      }
      return (await outputsFor(options, caseId, officer)).every(({ isSigned }) => isSigned)
    },
  }
}

/** Each signs in a box of their own; where a template has none left, the signature is not seen. */
async function boxFor(
  ground: SignOutputsOptions['ground'],
  officer: Officer,
  pdf: Uint8Array,
): Promise<{ readonly field?: string }> {
  const { name } = await signerOf(ground, officer)
  const field = signerBox(openPdf(pdf), name)
  return field === undefined ? {} : { field }
}

/** What was taken for the decision that stands is not asked for again; what was signed for an earlier one is. */
const ASK = `insert into services.signature_asked (case_id, output, account_id, document_id, decided_at, signs)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (case_id, output, account_id) do update
  set document_id = $4, decided_at = $5, signs = $6, taken_at = null
  where signature_asked.taken_at is null or signature_asked.decided_at <> $5`
const TAKEN = `update services.signature_asked set taken_at = $1 where case_id = $2 and output = $3 and account_id = $4`

async function outputsFor(
  options: SignOutputsOptions,
  caseId: string,
  officer: Officer,
): Promise<readonly DeskOutput[]> {
  const [prepared, asked] = await Promise.all([
    preparedFor(options, officer, caseId),
    askedOf(options.ground, caseId, officer.account),
  ])
  return await Promise.all(
    prepared.map(async (one) => {
      const own = asked.find(({ output }) => output === one.output)
      const isDone = own !== undefined && (await isSigned(options, officer, own, one))
      return { output: one.output, name: one.name, isSigned: isDone }
    }),
  )
}

/** Also what the officer has signed and the case has not taken yet: they come back to put it there. */
async function isSigned(
  options: SignOutputsOptions,
  officer: Officer,
  asked: Asked,
  now: PreparedOutput,
): Promise<boolean> {
  if (asked.taken_at !== null) return asked.decided_at.getTime() === now.decidedAt
  return isStill(asked, now) && (await foundOf(options, officer, asked))?.state === 'signed'
}

/** Whether an output still is what the officer was given: decided as then, and signed by nobody else since. */
function isStill({ decided_at, signs }: Asked, { decidedAt, pdf }: PreparedOutput): boolean {
  return decided_at.getTime() === decidedAt && signs.equals(digestOf(pdf))
}

function digestOf(pdf: Uint8Array): Buffer {
  return createHash('sha256').update(pdf).digest()
}

/** What nobody confirmed in its time is no longer at the desk: it can be begun anew. */
async function foundOf(
  { documents }: SignOutputsOptions,
  { account }: Pick<Officer, 'account'>,
  { document_id }: Asked,
) {
  try {
    return await documents.find(account, document_id)
  } catch (error) {
    if (error instanceof Problem && error.code === 'signing-document-not-found') return undefined
    throw error
  }
}

async function askedOf(
  { pool }: Pick<ServicesGround, 'pool'>,
  caseId: string,
  account: string,
): Promise<readonly Asked[]> {
  const { rows } = await pool.query<Asked>(
    `select output, document_id, decided_at, signs, taken_at from services.signature_asked
     where case_id = $1 and account_id = $2`,
    [caseId, account],
  )
  return rows
}

async function preparedOne(
  options: SignOutputsOptions,
  officer: Officer,
  { case: id, output }: { readonly case: string; readonly output: string },
): Promise<PreparedOutput> {
  const found = (await preparedFor(options, officer, id)).find((one) => one.output === output)
  if (found === undefined) throw new Problem(deskCaseProblems['case-file-not-found'])
  return found
}

async function preparedFor(
  { ground }: SignOutputsOptions,
  officer: Officer,
  caseId: string,
): Promise<readonly PreparedOutput[]> {
  return await prepareOutputs(ground, caseId, await signerOf(ground, officer))
}

/** Whose name stands under the document: the officer's, with what they are at the agency. */
async function signerOf(
  { rooms, clock }: Pick<ServicesGround, 'rooms' | 'clock'>,
  { account, agency }: Officer,
): Promise<OutputSigner> {
  const [name, held] = await Promise.all([
    rooms.nameOf(account),
    rooms.officers.appointmentsOf(account, clock()),
  ])
  const appointment = held.find((one) => one.agency === agency)
  return { name: name.th || name.en, position: appointment?.title.th ?? agency }
}

function officerOf({ account, officer }: Visitor): Officer {
  if (officer === undefined) throw new Problem(deskCaseProblems['case-signing-missing'])
  return { account, agency: officer.agency, duties: officer.duties }
}
