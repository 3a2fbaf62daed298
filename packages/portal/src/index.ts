export { type Bundle, buildChecker, type CheckerBuild } from './browser/build.ts'
export { type DocumentWords, withAgreement } from './checking/agreement.ts'
export { createPortal, type Portal, type PortalOptions } from './portal.ts'
export { portalProblems } from './problems.ts'
export { agreementWords } from './report/agreement-words.ts'
export { reportDocument, reportPdf } from './report/document.ts'
export { issuerOf, signerName } from './report/signer.ts'
export { plainSize, plainTime } from './report/time.ts'
export { signingTime } from './report/view.ts'
export { changeWords, toneOf, toneWords, verdictOf, words as reportWords } from './report/words.ts'
export {
  type PortalOperator,
  type PortalSiteOptions,
  type PortalTile,
  portalCookies,
} from './site/options.ts'
export { unreadable } from './unreadable.ts'
