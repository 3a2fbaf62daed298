export { type Asset, assetAddress, assetPath, uiAssets } from './assets.ts'
export {
  type ColourName,
  type ColourPair,
  colourPairs,
  colourProperties,
  colours,
  contrast,
  isReadable,
} from './colours.ts'
export * from './components/index.ts'
export { countryCode, countryCodes, plainCountry } from './countries.ts'
export {
  dateParts,
  plainDate,
  plainDay,
  plainTime,
  readDate,
  type SentDate,
  sentDateParts,
} from './dates.ts'
export { type NavigationLink, type Page, type Phase, renderPage, sandboxPhase } from './frame.ts'
export { Mark } from './mark.ts'
export { preparedPart } from './prepared-part.ts'
export { type ProblemSource, type ProblemText, readProblemSource } from './problem-document.ts'
export {
  type ProblemPages,
  type ProblemPagesOptions,
  problemContents,
  problemPageCodes,
  renderProblemPages,
} from './problem-pages.ts'
export { siteProblems } from './problems.ts'
export { type PageAnswer, type PageRequest, publicPages } from './public-pages.ts'
export { answerAsset } from './site/asset-files.ts'
export {
  acceptedCoding,
  acceptedPageCoding,
  compressPage,
  isCompressible,
  leastBytes,
} from './site/compression.ts'
export { type CookieOptions, createCookies, type SiteCookies } from './site/cookies.ts'
export { formKeyField } from './site/form-key.ts'
export type { FramedPage, PageBeside, SiteFrame, Surroundings } from './site/frame.ts'
export { languageChosen } from './site/language.ts'
export { type FormPart, readMultipart } from './site/multipart.ts'
export type { SiteOptions } from './site/options.ts'
export type {
  SiteAnswer,
  SiteAnswered,
  SiteFile,
  SiteLink,
  SiteMethod,
  SitePage,
  SiteRedirect,
  SiteRequest,
  SiteRoute,
} from './site/route.ts'
export { createSite, type Site } from './site/site.ts'
export type { Admit, Admitted, Visit } from './site/visit.ts'
