/** What can go wrong in identity: each room's own, once its pages stand in `docs/problems/`. */

export { accessProblems } from './problems/access.ts'
export { accountProblems } from './problems/account.ts'
export { admissionProblems } from './problems/admission.ts'
export { authenticatorProblems } from './problems/authenticators.ts'
export { mandateProblems } from './problems/mandates.ts'
export { officerProblems } from './problems/officers.ts'
export { proofingProblems } from './problems/proofing.ts'
export { providerProblems } from './problems/provider.ts'
export { recoveryProblems } from './problems/recovery.ts'
export { signingRoomProblems } from './problems/signing.ts'
export { tokenProblems } from './problems/tokens.ts'
