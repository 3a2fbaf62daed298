export {
  type AuthorityFiles,
  createDocumentAuthority,
  type DocumentAuthority,
  layAuthority,
} from './authority.ts'
export { Dss } from './peers/dss.ts'
export { Pyhanko, type PyhankoSigning } from './peers/pyhanko.ts'
export { toolsFolder } from './peers/tools.ts'
