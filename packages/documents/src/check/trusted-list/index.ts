export { type AnchorOptions, anchorsOf } from './anchors.ts'
export { TrustedListError, type TrustedListErrorCode } from './error.ts'
export type { ListedService, ListPointer, Names, ServiceStatus, TrustedList } from './list.ts'
export { type LoadedTrustedList, loadTrustedList, type TrustedListOptions } from './load.ts'
