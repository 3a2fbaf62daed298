/*
 * What a document of our templates says, and whether its pages show the same. Runs in a browser too: it describes
 * documents, and lays none out.
 */
export { type Agreement, agreementOf, type Difference } from './agreement.ts'
export { dataAttachments, dataFileNames, dataXml, readDataXml } from './embedded-data.ts'
export { shippedTemplates } from './shipped.ts'
export { signerBox } from './signer-box.ts'
export type { DocumentTemplate, TemplateSetting } from './template.ts'
export { DataNotAccepted, type ReadyTemplate, readyTemplates } from './template-set.ts'
