export type { BoxDocument, DocumentBox, NewDocument } from './documentbox.ts'
