export { createDocumentBox } from './box.ts'
export {
  type BoxDocument,
  type DocumentBox,
  type DocumentBoxHouse,
  type NewDocument,
  type NumberedDocument,
  type Share,
  shareHours,
  type View,
} from './documentbox.ts'
export type { DocumentBoxOptions } from './ground.ts'
export type { DocumentPagesOptions } from './pages/options.ts'
export { documentRoutes } from './pages/routes.ts'
export { documentboxProblems } from './problems.ts'
export type { DocumentReach } from './reach.ts'

/** Where the tables of schema `documentbox` come from. */
export const documentboxMigrations = new URL('./store/migrations/', import.meta.url)
