import { readFileSync } from 'node:fs'
import { Problem } from '@sapan/kernel'
import { thailandProblems } from '../problems.ts'

/** A line of `data/divisions/corrections.tsv`; an empty value keeps what the package says. */
export interface Correction {
  readonly code: string
  readonly th: string
  readonly en: string
  readonly postalCode: string
}

export interface Addition extends Correction {
  readonly province: string
  readonly district: string
}

export interface Corrections {
  /** Keyed by the Thai names that the package uses, joined by `|`: province, province|district, and so on. */
  readonly byName: ReadonlyMap<string, Correction>
  readonly additions: readonly Addition[]
}

const FILE = new URL('../../data/divisions/corrections.tsv', import.meta.url)
const KINDS = new Set(['province', 'district', 'subdistrict', 'add'])

function refuse(line: number): Problem {
  return new Problem(thailandProblems['country-data-invalid'], {
    detail: {
      th: `ไฟล์ corrections.tsv บรรทัดที่ ${line} ไม่ถูกต้อง`,
      en: `corrections.tsv, line ${line}, is not a correction.`,
    },
  })
}

/** The corrections of the country pack. Throws `country-data-invalid` with the line that is wrong. */
export function readCorrections(text: string = readFileSync(FILE, 'utf8')): Corrections {
  const byName = new Map<string, Correction>()
  const additions: Addition[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue
    const [
      kind = '',
      province = '',
      district = '',
      subdistrict = '',
      code = '',
      th = '',
      en = '',
      postalCode,
    ] = line.split('\t')
    const correction = { code, th, en, postalCode: postalCode ?? '' }
    const name = [province, district, subdistrict].filter((part) => part !== '').join('|')
    const known = KINDS.has(kind) && postalCode !== undefined && /^(?:\d{2}|\d{4}|\d{6}|)$/.test(code)
    if (!known || byName.has(name)) throw refuse(index + 1)
    if (kind === 'add') additions.push({ ...correction, province, district })
    else byName.set(name, correction)
  }
  return { byName, additions }
}
