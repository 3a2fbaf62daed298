import { ZipError } from './error.ts'
import type { ZipLimits } from './limits.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** Control characters, what other systems take for separators, and what turns the direction of writing. */
const unsafe = /[\p{Cc}\\:*?"<>|\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

/** An entry's name: UTF-8, and a plain relative path. A folder's ends in a slash. */
export function readName(bytes: Uint8Array, limits: ZipLimits): string {
  if (bytes.length === 0 || bytes.length > limits.name)
    throw new ZipError('unsafe-name', 'a name of no fit length')
  const name = decode(bytes)
  const parts = (name.endsWith('/') ? name.slice(0, -1) : name).split('/')
  const isPlain = parts.every(
    (part) => part !== '' && part !== '.' && part !== '..' && !/^\s|[\s.]$/.test(part),
  )
  if (!isPlain || unsafe.test(name)) throw new ZipError('unsafe-name', 'a name that is no plain path')
  return name
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) throw new ZipError('unsafe-name', 'a name that is not UTF-8')
    throw cause
  }
}

/** Names that some system would take for one and the same count as the same; nor is a file a folder of another. */
export function refuseSameNames(names: readonly string[]): void {
  const seen = new Set<string>()
  const files = new Set<string>()
  for (const name of names) {
    const folded = fold(name)
    if (seen.has(folded)) throw new ZipError('duplicate-name', 'two entries of one name')
    seen.add(folded)
    if (!name.endsWith('/')) files.add(folded)
  }
  for (const folded of seen) {
    for (let slash = folded.indexOf('/'); slash > 0; slash = folded.indexOf('/', slash + 1)) {
      if (files.has(folded.slice(0, slash)))
        throw new ZipError('duplicate-name', 'a file that is a folder too')
    }
  }
}

/** Letters that are not seen do not make another name, nor do wide or narrow forms of the same letters. */
export function fold(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
}
