/** Namespaces and types of references. */
export const dsig = 'http://www.w3.org/2000/09/xmldsig#'
export const xades = 'http://uri.etsi.org/01903/v1.3.2#'
export const xades141 = 'http://uri.etsi.org/01903/v1.4.1#'
export const asic = 'http://uri.etsi.org/02918/v1.2.1#'

export const signedPropertiesType = 'http://uri.etsi.org/01903#SignedProperties'
export const objectType = `${dsig}Object`
export const manifestType = `${dsig}Manifest`
