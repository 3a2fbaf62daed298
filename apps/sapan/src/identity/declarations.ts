import { dataAttachments, issueDocument, signPdf } from '@sapan/documents'
import { createDeclarations, type DeclarationFacts, type Declarations, type Rooms } from '@sapan/identity'
import { acceptData, templateNamed } from '../documents/templates.ts'
import type { OperatorDocuments } from './documents-authority.ts'
import type { OperatorGround } from './ground.ts'
import { agencyName } from './signing.ts'

/** Declarations for companies, sealed by the operator; undefined where the operator has no seal. */
export function operatorDeclarations(
  ground: OperatorGround,
  { seal, timestamper }: OperatorDocuments,
  { mandates, nameOf }: Pick<Rooms, 'mandates' | 'nameOf'>,
): Declarations | undefined {
  if (seal === undefined) return undefined
  const { key, revocation } = seal
  return createDeclarations(ground, {
    mandates,
    nameOf,
    render: (facts) => declarationPdf(ground, facts),
    seal: (pdf) => signPdf(pdf, { key, level: 'B-LT', time: ground.clock(), timestamper, revocation }),
  })
}

type DocumentGround = Pick<OperatorGround, 'country' | 'days'> & {
  readonly file: Pick<OperatorGround['file'], 'operator' | 'portal'>
}

/** A letter of the operator (หนังสือรับรอง): who declared what, and who confirmed it. */
export async function declarationPdf(ground: DocumentGround, facts: DeclarationFacts): Promise<Uint8Array> {
  const { file, days } = ground
  const operator = agencyName(ground, file.operator)?.th ?? file.operator
  const { company, text, confirmedBy, hash, at } = facts
  const ready = templateNamed('certificate-letter')
  const data = {
    number: `JA ${hash.slice(0, 12)}`,
    from: [operator],
    statement: `${oneLine(company.name.th)} ทะเบียนเลขที่ ${company.number} ได้แถลงว่า`,
    paragraphs: [
      ...text
        .split(/\s*\n\s*/)
        .filter((paragraph) => paragraph !== '')
        .slice(0, 10),
      ...confirmedBy.map(
        ({ name, at: confirmedAt }, index) =>
          `ผู้ยืนยันคนที่ ${index + 1}: ${oneLine(name.th || name.en)} (${days.dateOf(confirmedAt)})`,
      ),
      `ผู้ยืนยันครบตามเงื่อนไขในทะเบียนนิติบุคคล ณ เวลาที่ครบ รหัสตรวจเรื่อง (SHA-256): ${hash}`,
    ],
    date: days.dateOf(at),
    signer: { name: operator, position: 'ตราประทับอิเล็กทรอนิกส์ของผู้ให้บริการ' },
  }
  acceptData(ready, data)
  const setting = { created: at, checkAddress: `${file.portal}/check` }
  const attachments = dataAttachments(ready.template, data, at)
  const { bytes } = await issueDocument(ready.describe(data, setting, attachments))
  return bytes
}

/** A name as one line of print. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim() || '-'
}
