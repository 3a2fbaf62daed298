export * from './layout/builders.ts'
export type * from './layout/description.ts'
export { issueDocument, renderDocument } from './write/render.ts'
export type { PlacedField, RenderedDocument } from './write/rendered.ts'
