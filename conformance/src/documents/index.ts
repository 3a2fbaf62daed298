export {
  type AuthorityFiles,
  createDocumentAuthority,
  type DocumentAuthority,
  layAuthority,
} from './authority.ts'
export { Dss } from './peers/dss.ts'
export { onCore, Pipe } from './peers/pipe.ts'
export { Pyhanko, type PyhankoSigning } from './peers/pyhanko.ts'
export { toolsFolder } from './peers/tools.ts'
export { signHere } from './signing.ts'
