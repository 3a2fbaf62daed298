/** The pages to which a problem's `type` points. */
export const problemPages = new URL('../../../../docs/problems/', import.meta.url)
