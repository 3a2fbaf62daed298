import { createHash } from 'node:crypto'
import type { Sent } from './door.ts'

const verifier = 'conformance-conformance-conformance-conformance'
const challenge = createHash('sha256').update(verifier).digest('base64url')

/**
 * The suite's basic plans know a code flow without PKCE, and send it in one module only; our issuer takes none without.
 * Where a request has none it is added on the way in, and everything else is as the suite sent it.
 */
export function addPkce(sent: Sent): void {
  const [path, query] = sent.target.split('?', 2)
  if (path === '/oidc/authorize' && sent.method === 'GET')
    sent.target = `${path}?${withChallenge(query ?? '')}`
  if (path === '/oidc/authorize' && sent.method === 'POST')
    sent.body = Buffer.from(withChallenge(String(sent.body)))
  if (path === '/oidc/token') sent.body = Buffer.from(withVerifier(String(sent.body)))
}

function withChallenge(text: string): string {
  const parameters = new URLSearchParams(text)
  const isBare = !parameters.has('code_challenge') && parameters.has('client_id')
  return isBare ? `${text}&code_challenge=${challenge}&code_challenge_method=S256` : text
}

function withVerifier(text: string): string {
  const form = new URLSearchParams(text)
  const isBare = form.get('grant_type') === 'authorization_code' && !form.has('code_verifier')
  return isBare ? `${text}&code_verifier=${verifier}` : text
}
