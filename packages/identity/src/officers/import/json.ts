import type { ColumnName } from '../country.ts'
import type { RawDuty } from '../entry.ts'
import { type FileRow, unreadable } from './read-file.ts'

type Names = ReadonlyMap<string, ColumnName>

/** Officers of a JSON list, or of `{"officers": […]}`: members are named as columns are. Throws `officer-file-unreadable`. */
export function readJson(text: string, names: Names): FileRow[] {
  const value = parsed(text)
  const list = isObject(value) ? value.officers : value
  if (!Array.isArray(list)) throw unreadable('JSON ไม่ใช่รายการ', 'The JSON is no list')
  return list.map((each: unknown, i) => rowOf(each, i + 1, names))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable('ไฟล์ไม่ใช่ JSON ที่สมบูรณ์', 'The file is no whole JSON')
  }
}

type Members = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function rowOf(value: unknown, line: number, names: Names): FileRow {
  if (!isObject(value)) throw unreadable(`รายการที่ ${line} ไม่ใช่เจ้าหน้าที่`, `Entry ${line} is no officer`)
  const { title, unit, duties, ...rest } = value
  const fields = new Map<ColumnName, string>()
  for (const [member, each] of Object.entries({
    ...rest,
    ...bothOf('title', title),
    ...bothOf('unit', unit),
  })) {
    const name = names.get(member.toLowerCase())
    if (!name) {
      const shown = member.replaceAll(/\p{C}/gu, '').slice(0, 40)
      throw unreadable(`รายการที่ ${line}: ไม่รู้จัก “${shown}”`, `Entry ${line}: there is no “${shown}”`)
    }
    fields.set(name, textOf(each, line))
  }
  if (duties === undefined) return { line, raw: { fields } }
  if (!Array.isArray(duties)) throw unreadable(`รายการที่ ${line}: duties`, `Entry ${line}: duties is no list`)
  return { line, raw: { fields, duties: duties.map((each: unknown) => dutyOf(each, line)) } }
}

/** `title: { th, en }` is what `title_th` and `title_en` are; a text alone is Thai. */
function bothOf(name: 'title' | 'unit', value: unknown): Members {
  if (value === undefined) return {}
  if (!isObject(value)) return { [`${name}_th`]: value }
  return { [`${name}_th`]: value.th, [`${name}_en`]: value.en ?? '' }
}

function textOf(value: unknown, line: number): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  throw unreadable(`รายการที่ ${line} มีค่าที่ไม่ใช่ข้อความ`, `Entry ${line} has a value that is no text`)
}

function dutyOf(value: unknown, line: number): RawDuty {
  const { duty, role, behalf, onBehalfOf, from, till } = isObject(value) ? value : { duty: value }
  return {
    duty: textOf(duty, line),
    role: textOf(role, line),
    behalf: textOf(behalf ?? onBehalfOf, line),
    from: textOf(from, line),
    till: textOf(till, line),
  }
}
