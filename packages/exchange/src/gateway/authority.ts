import type { DirectoryGateway } from '../directory/document.ts'
import { canonicalAuthority } from '../signature/sign.ts'

const known = new WeakMap<DirectoryGateway, string>()

/** `host:port` at which a gateway is reached, as signatures have it; read once from its entry in the directory. */
export function authorityOf(gateway: DirectoryGateway): string {
  let authority = known.get(gateway)
  if (authority === undefined) {
    authority = canonicalAuthority(new URL(gateway.peer).host)
    known.set(gateway, authority)
  }
  return authority
}
