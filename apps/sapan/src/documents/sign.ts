import { X509Certificate } from 'node:crypto'
import {
  httpRevocation,
  httpTimestamper,
  type PdfSigningOptions,
  type RevocationSource,
  signPdf,
  type Timestamper,
} from '@sapan/documents'
import { type Language, systemClock } from '@sapan/kernel'
import { plainTime } from '@sapan/portal'
import type { SigningKey } from '@sapan/trust'
import { misuse } from '../commands/document/misuse.ts'
import type { SigningChoice } from '../commands/document/signing-options.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { type DemonstrationAuthority, openDemonstration } from './demonstration.ts'
import { documentLanguage } from './language.ts'
import { ownKey } from './own-key.ts'

/** Gives what is signed with, as of the moment when it is asked; what is seen on a page is in its document's language. */
export type Signing = (pdf?: Uint8Array) => PdfSigningOptions

/**
 * Opens the key that was chosen, or the demonstration seal of the home, and closes it after use. Rejects with `misuse`
 * and as keys do.
 */
export async function withSigning<T>(
  choice: SigningChoice,
  home: string,
  terminal: Terminal,
  use: (signing: Signing) => Promise<T>,
): Promise<T> {
  const own = await ownKey(choice, terminal.env)
  try {
    const demonstration = own === undefined ? await openDemonstration(home) : undefined
    const key = own ?? demonstration?.seal
    if (key === undefined) throw new TypeError('there is a key of one kind or the other')
    const evidence = evidenceFor(choice, demonstration)
    return await use((pdf) => ({
      key,
      level: choice.level,
      time: systemClock(),
      ...evidence,
      ...placeOf(choice, key, (pdf && documentLanguage(pdf)) ?? terminal.language),
      ...(choice.reason && { reason: choice.reason }),
      ...(choice.location && { location: choice.location }),
      ...(choice.certify && { certification: certifications[choice.certify] }),
    }))
  } finally {
    await own?.close?.()
  }
}

const certifications = { nothing: 1, forms: 2, comments: 3 } as const

/** Signs one PDF. Rejects as `withSigning` and `signPdf`. */
export function signWith(
  pdf: Uint8Array,
  choice: SigningChoice,
  home: string,
  terminal: Terminal,
): Promise<Uint8Array> {
  return withSigning(choice, home, terminal, (signing) => signPdf(pdf, signing(pdf)))
}

/** Time-stamps and revocation data, as far as the level needs them. */
function evidenceFor(
  { level, tsa }: SigningChoice,
  demonstration: DemonstrationAuthority | undefined,
): { timestamper?: Timestamper; revocation?: RevocationSource } {
  if (level === 'B-B') return {}
  const timestamper = tsa === undefined ? demonstration?.timestamper : stamperAt(tsa)
  if (timestamper === undefined) {
    throw misuse({
      th: `ระดับ ${level} ต้องมีตราประทับเวลา ระบุ --tsa URL หรือใช้ --level B-B`,
      en: `level ${level} needs time-stamps: give --tsa URL, or --level B-B`,
    })
  }
  if (level === 'B-T') return { timestamper }
  return { timestamper, revocation: revocationOf(demonstration) }
}

/** An authority over HTTP. Throws `misuse` for what is no address of one. */
export function stamperAt(address: string): Timestamper {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    throw misuse({
      th: `--tsa ต้องเป็นที่อยู่ http หรือ https ไม่ใช่ ${address}`,
      en: `--tsa takes an http or https address, not ${address}`,
    })
  }
  return httpTimestamper(address)
}

/** Paths of the demonstration are answered for here, all others where their certificates say. */
export function revocationOf(demonstration: DemonstrationAuthority | undefined): RevocationSource {
  const network = httpRevocation()
  if (demonstration === undefined) return network
  const { root, revocation } = demonstration
  const isOurs = (path: readonly Uint8Array[]) => path.some((each) => Buffer.from(each).equals(root))
  return { collect: (path, at) => (isOurs(path) ? revocation : network).collect(path, at) }
}

/** In a field of the document, or in a box on a page, a signature is seen; elsewhere it is not. */
function placeOf(
  { field, page, rect, text }: SigningChoice,
  { certificate }: SigningKey,
  language: Language,
): Pick<PdfSigningOptions, 'field' | 'appearance'> {
  if (field === undefined && rect === undefined) return {}
  const name = /^CN=(.*)$/m.exec(new X509Certificate(certificate).subject)?.[1] ?? ''
  const at = plainTime(systemClock(), language)
  const signed = { th: 'ลงนามอิเล็กทรอนิกส์', en: 'Signed electronically' }[language]
  const place = rect === undefined ? {} : { rect, page: Number(page ?? 1) - 1 }
  return { ...(field && { field }), appearance: { ...place, lines: text ?? [signed, name, at] } }
}
