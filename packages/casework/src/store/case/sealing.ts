import { randomBytes } from 'node:crypto'
import { Sealer } from '@sapan/trust'
import type { CaseWords } from '../../case/event.ts'
import type { JsonValue } from '../../task/task.ts'
import { openJson, sealJson } from '../sealing.ts'

/**
 * What a case holds is sealed under a key of its own, which lies sealed with it: where the key is destroyed, nothing of
 * the case can be read any more, and its events need not be touched.
 */
export interface CaseSeal {
  content(content: JsonValue): Buffer
  openContent(sealed: Uint8Array): JsonValue
  words(version: number, words: CaseWords): Buffer
  openWords(version: number, sealed: Uint8Array): CaseWords
}

/** A key for a new case, sealed. */
export function newCaseKey(sealer: Sealer, id: string): Buffer {
  return sealer.seal(randomBytes(32), Buffer.from(keyPlace(id)))
}

export function caseSeal(sealer: Sealer, id: string, keySealed: Uint8Array): CaseSeal {
  const own = new Sealer(new Map([[1, sealer.open(keySealed, Buffer.from(keyPlace(id)))]]), 1)
  const contentPlace = `service_case.content_sealed ${id}`
  const wordsPlace = (version: number) => `case_event.words_sealed ${id} ${version}`
  return {
    content: (content) => sealJson(own, content, contentPlace),
    openContent: (sealed) => openJson(own, sealed, contentPlace),
    words: (version, words) => own.seal(Buffer.from(JSON.stringify(words)), Buffer.from(wordsPlace(version))),
    openWords: (version, sealed) => wordsOf(openJson(own, sealed, wordsPlace(version))),
  }
}

function keyPlace(id: string): string {
  return `service_case.key_sealed ${id}`
}

/** `words` wrote it, and the seal is bound to its place. */
function wordsOf(content: unknown): CaseWords {
  return content as CaseWords
}
