/** Object identifiers, by the names that their standards give them. */

// RFC 5912, RFC 8410
export const ecPublicKey = '1.2.840.10045.2.1'
export const ecdsaWithSha256 = '1.2.840.10045.4.3.2'
export const ecdsaWithSha384 = '1.2.840.10045.4.3.3'
export const ecdsaWithSha512 = '1.2.840.10045.4.3.4'
export const ed25519 = '1.3.101.112'
export const sha1 = '1.3.14.3.2.26'
export const sha256 = '2.16.840.1.101.3.4.2.1'
export const sha384 = '2.16.840.1.101.3.4.2.2'
export const sha512 = '2.16.840.1.101.3.4.2.3'

// RFC 8017, RFC 4055
export const rsaEncryption = '1.2.840.113549.1.1.1'
export const mgf1 = '1.2.840.113549.1.1.8'
export const rsaPss = '1.2.840.113549.1.1.10'
export const sha256WithRsa = '1.2.840.113549.1.1.11'
export const sha384WithRsa = '1.2.840.113549.1.1.12'
export const sha512WithRsa = '1.2.840.113549.1.1.13'

// X.520
export const commonName = '2.5.4.3'
export const surname = '2.5.4.4'
export const serialNumber = '2.5.4.5'
export const countryName = '2.5.4.6'
export const organizationName = '2.5.4.10'
export const organizationalUnitName = '2.5.4.11'
export const title = '2.5.4.12'
export const givenName = '2.5.4.42'
export const organizationIdentifier = '2.5.4.97'

// RFC 5280 §4.2
export const subjectKeyIdentifier = '2.5.29.14'
export const keyUsage = '2.5.29.15'
export const subjectAltName = '2.5.29.17'
export const basicConstraints = '2.5.29.19'
export const crlNumber = '2.5.29.20'
export const reasonCode = '2.5.29.21'
export const invalidityDate = '2.5.29.24'
export const crlDistributionPoints = '2.5.29.31'
export const certificatePolicies = '2.5.29.32'
export const authorityKeyIdentifier = '2.5.29.35'
export const extendedKeyUsage = '2.5.29.37'
export const authorityInfoAccess = '1.3.6.1.5.5.7.1.1'
export const accessOcsp = '1.3.6.1.5.5.7.48.1'
export const accessIssuers = '1.3.6.1.5.5.7.48.2'

// X.509 §9.5.2.8
export const expiredCertsOnCrl = '2.5.29.60'

// RFC 6960 §4.2.1, §4.2.2.2, §4.4.1
export const ocspBasic = '1.3.6.1.5.5.7.48.1.1'
export const ocspNonce = '1.3.6.1.5.5.7.48.1.2'
export const ocspNoCheck = '1.3.6.1.5.5.7.48.1.5'

// RFC 5280 §4.2.1.12, RFC 9336
export const serverAuth = '1.3.6.1.5.5.7.3.1'
export const clientAuth = '1.3.6.1.5.5.7.3.2'
export const timeStamping = '1.3.6.1.5.5.7.3.8'
export const ocspSigning = '1.3.6.1.5.5.7.3.9'
export const documentSigning = '1.3.6.1.5.5.7.3.36'

// RFC 2985
export const extensionRequest = '1.2.840.113549.1.9.14'

// RFC 5652, RFC 5035, RFC 3161
export const data = '1.2.840.113549.1.7.1'
export const signedData = '1.2.840.113549.1.7.2'
export const contentType = '1.2.840.113549.1.9.3'
export const messageDigest = '1.2.840.113549.1.9.4'
export const signingTime = '1.2.840.113549.1.9.5'
export const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47'
export const tstInfo = '1.2.840.113549.1.9.16.1.4'
