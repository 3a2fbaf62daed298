import { setTimeout } from 'node:timers'

/** What holds one connection; it says of itself whether it can still be used. */
export interface Lent<Connection> {
  open(): Promise<Connection>
  isUsable(connection: Connection): boolean
  close(connection: Connection): void
}

/** A bounded number of connections, each lent to one at a time, opened when needed and kept. */
export class Connections<Connection> {
  readonly #of: Lent<Connection>
  readonly #most: number
  readonly #longestMs: number
  readonly #idle: Connection[] = []
  readonly #waiting: (() => void)[] = []
  #used = 0
  #closed = false

  constructor(
    of: Lent<Connection>,
    { most, longestMs }: { readonly most: number; readonly longestMs: number },
  ) {
    this.#of = of
    this.#most = most
    this.#longestMs = longestMs
  }

  /** Runs `work` with a connection of its own. Throws `TooBusy` where none is free in time. */
  async use<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
    await this.#turn()
    let connection: Connection | undefined
    try {
      connection = this.#usableIdle() ?? (await this.#of.open())
      return await work(connection)
    } finally {
      if (connection !== undefined) this.#giveBack(connection)
      this.#used -= 1
      this.#waiting.shift()?.()
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const connection of this.#idle.splice(0)) this.#of.close(connection)
  }

  async #turn(): Promise<void> {
    if (this.#used < this.#most) {
      this.#used += 1
      return
    }
    await new Promise<void>((resolve, reject) => {
      const turn = () => {
        clearTimeout(timer)
        this.#used += 1
        resolve()
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1)
        reject(new TooBusy())
      }, this.#longestMs)
      this.#waiting.push(turn)
    })
  }

  #usableIdle(): Connection | undefined {
    for (;;) {
      const connection = this.#idle.pop()
      if (connection === undefined || this.#of.isUsable(connection)) return connection
      this.#of.close(connection)
    }
  }

  #giveBack(connection: Connection): void {
    if (!this.#closed && this.#of.isUsable(connection)) this.#idle.push(connection)
    else this.#of.close(connection)
  }
}

/** All connections were lent for longer than one may wait. */
export class TooBusy extends Error {}
