import type { KeyFolder, Signer } from '@sapan/trust'

/** The keys with which the checkpoints of members' logs are signed (Ed25519, as C2SP asks). */
export interface LogSigners {
  of(member: string): Signer
}

/** The log keys of these members from the key folder, made on first use: `log-TH.GOV.DOPA`. */
export async function loadLogSigners(keys: KeyFolder, members: readonly string[]): Promise<LogSigners> {
  const signers = new Map<string, Signer>()
  for (const member of members) {
    signers.set(member, await keys.loadOrCreate(`log-${member.replaceAll('/', '.')}`, 'ed25519'))
  }
  return {
    of(member) {
      const signer = signers.get(member)
      if (!signer) throw new Error(`no log key for ${member}`)
      return signer
    },
  }
}
