import type { Check } from '../../check.ts'
import { authorizationModules } from './fapi-authorization.ts'
import { pushModules } from './fapi-par.ts'
import { proofModules } from './fapi-proofs.ts'
import { requestObjectModules } from './fapi-request-objects.ts'
import { tokenModules } from './fapi-token.ts'
import { runModules } from './module.ts'

const modules = [
  ...authorizationModules,
  ...tokenModules,
  ...pushModules,
  ...proofModules,
  ...requestObjectModules,
]

/** The modules of `fapi2-security-profile-final-test-plan` (private_key_jwt, DPoP), and those of request objects. */
export const fapiModules: Check = {
  name: 'identity, modules of the OpenID Foundation’s suite: FAPI 2.0',
  against: () => 'requests by hand, answers by npm jose; rebuilt by the names of the suite’s modules',
  run: () =>
    runModules(modules.map(([name, comes, run]) => [`fapi2-security-profile-final-${name}`, comes, run])),
}
