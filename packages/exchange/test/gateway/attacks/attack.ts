/** Bad input, and what whoever sends it has to be told. */
export interface Attack {
  readonly name: string
  /** One of these is the problem's code; `ended` where nothing is said and the connection is closed. */
  readonly told: readonly string[]
  /** Sends it once: the code of the problem that came back. */
  send(): Promise<string>
}

/** What attackers were told, by the attack's name. */
export interface AttackLoad {
  readonly sent: Map<string, number>
  /** What was told that should not have been. */
  readonly astonishing: Map<string, string>
  stop(): Promise<void>
}

/** Attackers who go through the list again and again, each from another place in it, until they are told to stop. */
export function startAttacks(attacks: readonly Attack[], attackers: number): AttackLoad {
  const sent = new Map<string, number>()
  const astonishing = new Map<string, string>()
  let isOver = false
  const attacker = async (first: number) => {
    for (let n = first; !isOver; n++) {
      const attack = attacks[n % attacks.length]
      if (attack === undefined) return
      const code = await attack.send().catch((error: unknown) => String(error))
      sent.set(attack.name, (sent.get(attack.name) ?? 0) + 1)
      if (!attack.told.includes(code)) astonishing.set(attack.name, code)
    }
  }
  const apart = Math.ceil(attacks.length / attackers)
  const all = Promise.all(Array.from({ length: attackers }, (_, n) => attacker(n * apart)))
  return {
    sent,
    astonishing,
    stop: async () => {
      isOver = true
      await all
    },
  }
}
