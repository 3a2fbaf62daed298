import type { UnusualDoor } from '@sapan/identity'
import { adminClient } from '../clients/admin.ts'
import type { IdentityFile } from '../config/identity.ts'

/** The administration of the gateways that this operator runs, for what they found unusual. */
export function unusualDoors({ watched }: Pick<IdentityFile, 'watched'>): UnusualDoor[] {
  return watched.map(({ gateway, admin, keys }) => {
    const ask = async (path: string) => await (await adminClient(admin, keys)).json('GET', path)
    return {
      gateway,
      list: (after) => ask(`/v1/unusual?after=${after}&limit=100`),
      evidence: (exchange, member) =>
        ask(`/v1/evidence/${exchange}?side=provider&member=${encodeURIComponent(member)}`),
    }
  })
}
