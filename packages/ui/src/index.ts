export { type Asset, assetPath, uiAssets } from './assets.ts'
export {
  type ColourName,
  type ColourPair,
  colourPairs,
  colourProperties,
  colours,
  contrast,
  isReadable,
} from './colours.ts'
export { type Page, type Phase, renderPage, sandboxPhase } from './frame.ts'
export { Mark } from './mark.ts'
export { type ProblemSource, type ProblemText, readProblemSource } from './problem-document.ts'
export {
  type ProblemPages,
  type ProblemPagesOptions,
  problemPageCodes,
  renderProblemPages,
} from './problem-pages.ts'
export { type PageAnswer, type PageRequest, publicPages } from './public-pages.ts'
export type {
  SiteAnswer,
  SiteFile,
  SiteLink,
  SitePage,
  SiteRedirect,
  SiteRequest,
  SiteRoute,
  SiteUpload,
} from './site/route.ts'
