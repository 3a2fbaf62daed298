/** Why our checker and a peer say different things about some files; the table of the README. */
export interface Disagreement {
  /** Which files, by the name that the check gives them. */
  readonly files: RegExp
  /** The same for people. */
  readonly about: string
  readonly ours: string
  readonly peer: Peer
  readonly theirs: string
  readonly why: string
}

export type Peer = 'pyHanko' | 'EU DSS'

export const disagreements: readonly Disagreement[] = [
  {
    files: /^bytes\/trailing-junk|^tables\/(no-table|no-startxref|startxref-old|two-headers)/,
    about: 'bytes behind the last revision that no table tells of; a file that ends like one twice',
    ours: 'failed, FORMAT_FAILURE',
    peer: 'pyHanko',
    theirs: 'passed, each as covering a whole revision',
    why: 'Readers that repair files may take up what lies there; a file ends where its last revision ends, with the `%%EOF` behind its own `startxref` (ISO 32000-2, 7.5.5).',
  },
  {
    files: /^updates\/(need-appearances|field-unsigned-visible)/,
    about: 'looks to be made anew; an empty signature field over the page',
    ours: 'indeterminate, SIG_CONSTRAINTS_FAILURE',
    peer: 'pyHanko',
    theirs: 'passed, as LTA_UPDATES and FORM_FILLING',
    why: 'Both change what a reader sees of a page that was signed (sneaky signature attack).',
  },
  {
    files: /^shadow\/replace-field$/,
    about: 'a form field looks different though its value is the same',
    ours: 'indeterminate, SIG_CONSTRAINTS_FAILURE',
    peer: 'pyHanko',
    theirs: 'passed, as FORM_FILLING',
    why: 'Nobody filled anything in: the page says another thing than the form (shadow attack, replace). Filling in alters the value.',
  },
  {
    files: /^updates\/signature-emptied/,
    about: 'the signed field has lost its value',
    ours: 'no signature',
    peer: 'pyHanko',
    theirs: 'passed: of the time-stamp that is left, with changes of the kind OTHER after it',
    why: 'A document time-stamp alone says nothing of who signed.',
  },
  {
    files: /^wrapping\/subfilter-/,
    about: 'the signature’s dictionary replaced by one of no known form',
    ours: 'failed, FORMAT_FAILURE',
    peer: 'pyHanko',
    theirs: 'passed: of the time-stamp only, with changes of the kind OTHER after it',
    why: 'A signature that cannot be read is a signature that failed, as EU DSS has it too.',
  },
  {
    files: /^evidence\/.*-?(removed|junk) /,
    about: 'evidence taken from the document security store, or made useless',
    ours: 'indeterminate, SIG_CONSTRAINTS_FAILURE',
    peer: 'pyHanko',
    theirs: 'passed; under the time-stamp it finds changes of the kind OTHER',
    why: 'Removing evidence is not among the changes that come after a signature lawfully; ours says that the store is not what it was.',
  },
  {
    files: /test_validate_separate_annot_with_indir_kids|test_indir_ref_in_sigref_dict/,
    about: 'certificates that name lists which nobody serves any more',
    ours: 'indeterminate, TRY_LATER',
    peer: 'pyHanko',
    theirs: 'passed',
    why: 'pyHanko’s default (“soft-fail”) lets revocation information be missing; EN 319 102-1 §5.2.6.4 does not.',
  },
  {
    files: /test_update_no_timestamps|test_standalone_document_timestamp/,
    about: 'only a document time-stamp',
    ours: 'no signature',
    peer: 'pyHanko',
    theirs: 'passed',
    why: 'pyHanko judges the time-stamp as a signature; EU DSS says as we do.',
  },
  {
    files: /test_brazilian_pades/,
    about: 'SubFilter PBAD.PAdES',
    ours: 'failed, FORMAT_FAILURE',
    peer: 'pyHanko',
    theirs: 'passed',
    why: 'A form that no international standard names: neither ISO 32000-2, 12.8.3 nor EN 319 142-1 says what it is over.',
  },
  {
    files: /test_sign_without_annot/,
    about: 'a file whose table names a wrong place for an object',
    ours: 'unreadable',
    peer: 'pyHanko',
    theirs: 'passed',
    why: 'An object is where the table says, or the file is not read: readers that search for it may find different ones. qpdf calls the file damaged.',
  },
  {
    files: /test_do_not_enforce_key_usage_if_signer_is_root/,
    about: 'a root signs by itself, without the usage',
    ours: 'indeterminate, CHAIN_CONSTRAINTS_FAILURE',
    peer: 'pyHanko',
    theirs: 'passed',
    why: 'The certificate says that its key does not sign documents; that it is a trust anchor does not change it.',
  },
  {
    files: /test_timestamp_with_nonsense_key_usage/,
    about: 'a time-stamp by an OCSP responder, whose certificate is a trust anchor itself',
    ours: 'indeterminate, SIG_CONSTRAINTS_FAILURE',
    peer: 'pyHanko',
    theirs: 'passed',
    why: 'RFC 3161 §2.3: the certificate’s one purpose must be time-stamping. That it is a trust anchor does not change it.',
  },
  {
    files: /test_allow_hybrid_sign_validate/,
    about: 'a hybrid-reference file',
    ours: 'passed',
    peer: 'pyHanko',
    theirs: 'it does not judge such files unless told to',
    why: 'Hybrid files are read as ISO 32000-2 §7.5.8.4 has them; EU DSS passes them too.',
  },
  {
    files: /test_sign_with_explicit_ecdsa_implied_hash/,
    about: 'an algorithm identifier for ECDSA that does not name the digest',
    ours: 'indeterminate, CRYPTO_CONSTRAINTS_FAILURE',
    peer: 'pyHanko',
    theirs: 'passed',
    why: 'RFC 5753 §7.1 and RFC 5758 have identifiers with the digest only; EU DSS fails the file.',
  },
  {
    files: /test_tolerate_der_deviations_in_pdf/,
    about: 'signed attributes in another order than that of DER',
    ours: 'failed, FORMAT_FAILURE',
    peer: 'pyHanko',
    theirs: 'passed',
    why: 'RFC 5652 §5.3: signed attributes must be DER. A reader that writes them anew verifies other bytes; EU DSS fails the file.',
  },
  {
    files: /test_sig_delete_type/,
    about: 'a PAdES signature without a claimed time',
    ours: 'passed',
    peer: 'EU DSS',
    theirs: 'indeterminate, SIG_CONSTRAINTS_FAILURE',
    why: 'DSS’s default policy demands a signing time; EN 319 102-1 does not, and pyHanko passes the file.',
  },
  {
    files: /test_ed25519_trust/,
    about: 'Ed25519',
    ours: 'passed',
    peer: 'EU DSS',
    theirs: 'indeterminate, CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    why: 'DSS’s default policy does not name EdDSA among the strong algorithms; pyHanko passes the file.',
  },
  {
    files: /test_ed448_trust/,
    about: 'Ed448',
    ours: 'passed',
    peer: 'EU DSS',
    theirs: 'indeterminate, CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    why: 'As Ed25519.',
  },
]

/** Whether a disagreement with that peer about that file has its reason in the table. */
export const explained = (name: string, peer: Peer): boolean =>
  disagreements.some((one) => one.peer === peer && one.files.test(name))

/** The table of `conformance/documents/README.md`. */
export function disagreementTable(): string {
  const rows = disagreements.map(
    ({ about, ours, peer, theirs, why }) => `| ${about} | ${ours} | ${peer}: ${theirs} | ${why} |`,
  )
  return `| files | ours | theirs | why |\n|---|---|---|---|\n${rows.join('\n')}\n`
}
