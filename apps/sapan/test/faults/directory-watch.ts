import type { AdminClient } from '../../src/clients/admin.ts'

/** Who follows the directory, and how it tells its version. */
export interface Follower {
  readonly name: string
  readonly version: () => Promise<number>
}

/** Looks at everybody's version of the directory again and again, and notes each that went back. */
export class DirectoryWatch {
  readonly wentBack: string[] = []
  readonly #looks: Promise<void>[]
  #isOver = false

  constructor(followers: readonly Follower[]) {
    this.#looks = followers.map((follower) => this.#follow(follower))
  }

  async stop(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#looks)
  }

  async #follow({ name, version }: Follower): Promise<void> {
    let last = 0
    while (!this.#isOver) {
      // Who was killed tells nothing until it is back.
      const seen = await version().catch(() => last)
      if (seen < last) this.wentBack.push(`${name}: ${last}, then ${seen}`)
      last = Math.max(last, seen)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** Of a center: what it would publish. */
export async function versionAtCenter(operator: AdminClient): Promise<number> {
  const { version } = (await operator.json('GET', '/v1/directory')) as { version: number }
  return version
}

/** Of a gateway: what it goes by. */
export async function versionAtGateway(admin: AdminClient): Promise<number> {
  const { standing } = (await admin.json('GET', '/v1/directory')) as { standing: { version: number } }
  return standing.version
}
