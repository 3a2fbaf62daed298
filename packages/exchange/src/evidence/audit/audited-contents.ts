import { Problem } from '@sapan/kernel'
import type { Content } from '../content.ts'
import type { Contents, Kept } from '../contents.ts'

/** Opens contents for an audit, which goes on where one does not open; an archive that is away is asked no more. */
export class AuditedContents {
  readonly #contents: Contents
  #isAway = false
  /** How many contents could not be looked at, since their archive was away. */
  away = 0

  constructor(contents: Contents) {
    this.#contents = contents
  }

  /** `altered`: the row or the archive’s bytes; `lost`: the archive has none; `away`: nobody knows. */
  async open(kept: Kept): Promise<Content | 'altered' | 'lost' | 'away'> {
    if (this.#isAway && kept.segment !== null) return this.#passed()
    try {
      return await this.#contents.open(kept)
    } catch (error) {
      const code = error instanceof Problem ? error.code : undefined
      if (code === 'archive-lost') return 'lost'
      if (code !== 'archive-unreachable') return 'altered'
      this.#isAway = true
      return this.#passed()
    }
  }

  #passed(): 'away' {
    this.away++
    return 'away'
  }
}
