import { fileURLToPath } from 'node:url'
import { Problem } from '@sapan/kernel'
import {
  checkFolder,
  type Definitions,
  definitionsOf,
  type Finding,
  type FolderEntry,
  type References,
} from '@sapan/services'
import { servicesFolder } from '@sapan/thailand'
import { problems } from '../problems.ts'

export interface DefinitionsFrom {
  /** The agencies whose services the operator gives. */
  readonly hosted: readonly string[]
  readonly references: References
  /** The country pack's by default. */
  readonly folder?: string | undefined
}

/** The folder of definitions that come with the country. */
export function packFolder(): string {
  return fileURLToPath(servicesFolder())
}

/**
 * The services that the operator gives: those of the agencies that it hosts. What cannot be read to its owner counts as
 * theirs. Throws `definitions-refused` with file, line and reason, `input-unreadable`.
 */
export async function hostedDefinitions(from: DefinitionsFrom): Promise<Definitions> {
  const { hosted, references, folder = packFolder() } = from
  const ours = (await entriesIn(folder, references)).filter(
    ({ definition }) => definition === undefined || hosted.includes(definition.owner),
  )
  const findings = ours.flatMap((entry) => entry.findings)
  if (findings.length > 0) throw refused(folder, findings, undescribed(references))
  return definitionsOf(ours.flatMap(({ definition }) => definition ?? []))
}

async function entriesIn(folder: string, references: References): Promise<readonly FolderEntry[]> {
  try {
    return await checkFolder(folder, references)
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : ''
    const text = `${folder}: ${reason}`
    throw new Problem(problems['input-unreadable'], { detail: { th: text, en: text }, cause })
  }
}

/** Services that somebody may ask, of which nobody said yet what they answer. */
function undescribed({ grants, services }: References): readonly string[] {
  return [...new Set(grants.map(({ service }) => service))].filter((service) => !services.has(service))
}

const most = 20

function refused(folder: string, findings: readonly Finding[], missing: readonly string[]): Problem {
  const line = (language: 'th' | 'en') => (one: Finding) =>
    `${one.file}:${one.line}:${one.column} ${one.reason[language]} [${one.code}]`
  const told = (language: 'th' | 'en') => findings.slice(0, most).map(line(language)).join('\n  ')
  const [first] = missing
  const th = first === undefined ? '' : `\n  ยังไม่มีคำอธิบายของ ${missing.length} บริการ เช่น ${first}`
  const en = first === undefined ? '' : `\n  descriptions not had yet: ${missing.length}, such as ${first}`
  return new Problem(problems['definitions-refused'], {
    detail: {
      th: `${folder}: ${findings.length} ข้อ\n  ${told('th')}${th}`,
      en: `${folder}: ${findings.length} to mend\n  ${told('en')}${en}`,
    },
    extensions: {
      findings: findings.slice(0, most).map((one) => ({ ...one, reason: { ...one.reason } })),
      undescribed: [...missing],
    },
  })
}
