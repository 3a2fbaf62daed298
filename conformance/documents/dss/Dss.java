import com.sun.management.OperatingSystemMXBean;
import eu.europa.esig.dss.asic.cades.ASiCWithCAdESSignatureParameters;
import eu.europa.esig.dss.asic.cades.signature.ASiCWithCAdESService;
import eu.europa.esig.dss.asic.xades.ASiCWithXAdESSignatureParameters;
import eu.europa.esig.dss.asic.xades.signature.ASiCWithXAdESService;
import eu.europa.esig.dss.enumerations.ASiCContainerType;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.model.x509.revocation.crl.CRL;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.model.SerializableTimestampParameters;
import eu.europa.esig.dss.signature.AbstractSignatureParameters;
import eu.europa.esig.dss.signature.MultipleDocumentsSignatureService;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.RevocationSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.spi.x509.tsp.KeyEntityTSPSource;
import eu.europa.esig.dss.token.DSSPrivateKeyEntry;
import eu.europa.esig.dss.token.Pkcs12SignatureToken;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * EU DSS behind a pipe. Each line of standard input is an order, its words parted by tabs; each is answered with a line of JSON,
 * {"error": "…"} where it failed. Default validation policy, offline.
 *
 * <pre>
 * trust CERTIFICATE…             the trust anchors from here on (DER files)
 * crls CRL…                      what a fetcher of revocation lists would have got (DER files; none: offline)
 * at MILLISECONDS                the validation time from here on; 0 is now
 * check FILE DETACHED…           {"signatures": [{"indication", "sub", "level", "errors", "time"}]}
 * speed SECONDS FILE             {"files", "seconds" of processor time}: the same file, checked again and again, from disk each time
 * sign LEVEL IN OUT SIGNER TSA PASSWORD   PAdES by key stores (PKCS #12)
 * container FORM TYPE LEVEL OUT SIGNER TSA PASSWORD FILE…   ASiC: FORM CAdES or XAdES, TYPE ASiC_E or ASiC_S
 * </pre>
 */
public final class Dss {
  private CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
  private RevocationSource<CRL> crls;
  private Date at;

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    Dss dss = new Dss();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split("\t");
      try {
        out.println(dss.obey(words[0], List.of(words).subList(1, words.length)));
      } catch (Throwable error) {
        out.println("{\"error\":" + quoted(String.valueOf(error)) + "}");
      }
    }
  }

  private String obey(String order, List<String> words) throws Exception {
    switch (order) {
      case "trust":
        trusted = new CommonTrustedCertificateSource();
        for (String file : words) trusted.addCertificate(DSSUtils.loadCertificate(new File(file)));
        return "{}";
      case "crls":
        crls = words.isEmpty() ? null : listsOf(words);
        return "{}";
      case "at":
        at = words.get(0).equals("0") ? null : new Date(Long.parseLong(words.get(0)));
        return "{}";
      case "check":
        return check(new FileDocument(words.get(0)), words.subList(1, words.size()));
      case "speed":
        return speed(Double.parseDouble(words.get(0)), words.get(1));
      case "sign":
        return sign(words);
      case "container":
        return container(words);
      default:
        throw new IllegalArgumentException("unknown order " + order);
    }
  }

  private static RevocationSource<CRL> listsOf(List<String> files) {
    DSSDocument[] documents = files.stream().map(FileDocument::new).toArray(DSSDocument[]::new);
    ExternalResourcesCRLSource source = new ExternalResourcesCRLSource(documents);
    return (certificate, issuer) ->
        source.getRevocationTokens(certificate, issuer).stream().findFirst().orElse(null);
  }

  private CommonCertificateVerifier verifier() {
    CommonCertificateVerifier verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(trusted);
    verifier.setAIASource(null);
    verifier.setCrlSource(crls);
    return verifier;
  }

  private SimpleReport report(DSSDocument document, List<String> detached) {
    SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(document);
    validator.setCertificateVerifier(verifier());
    if (at != null) validator.setValidationTime(at);
    if (!detached.isEmpty())
      validator.setDetachedContents(detached.stream().map(f -> (DSSDocument) new FileDocument(f)).toList());
    return validator.validateDocument().getSimpleReport();
  }

  private String check(DSSDocument document, List<String> detached) {
    SimpleReport report = report(document, detached);
    List<String> signatures = new ArrayList<>();
    for (String id : report.getSignatureIdList()) {
      SubIndication sub = report.getSubIndication(id);
      signatures.add("{\"indication\":" + quoted(report.getIndication(id).toString())
          + ",\"sub\":" + (sub == null ? "null" : quoted(sub.toString()))
          + ",\"level\":" + quoted(report.getSignatureFormat(id).toString())
          + ",\"time\":" + report.getBestSignatureTime(id).getTime()
          + ",\"errors\":" + messages(report.getAdESValidationErrors(id))
          + ",\"warnings\":" + messages(report.getAdESValidationWarnings(id)) + "}");
    }
    return "{\"signatures\":[" + String.join(",", signatures) + "]}";
  }

  private static String messages(List<Message> messages) {
    return messages.stream().map(m -> quoted(m.getValue())).collect(Collectors.joining(",", "[", "]"));
  }

  private String speed(double seconds, String file) {
    OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long used = machine.getProcessCpuTime();
    long begun = System.nanoTime();
    long files = 0;
    do {
      report(new FileDocument(file), List.of());
      files++;
    } while (System.nanoTime() - begun < seconds * 1e9);
    return "{\"files\":" + files + ",\"seconds\":" + (machine.getProcessCpuTime() - used) / 1e9 + "}";
  }

  private String sign(List<String> words) throws Exception {
    char[] password = words.get(5).toCharArray();
    CommonCertificateVerifier verifier = verifier();
    PAdESService service = new PAdESService(verifier);
    service.setTspSource(stamper(words.get(4), password));
    try (Pkcs12SignatureToken token =
        new Pkcs12SignatureToken(words.get(3), new KeyStore.PasswordProtection(password))) {
      DSSPrivateKeyEntry key = token.getKeys().get(0);
      PAdESSignatureParameters parameters = new PAdESSignatureParameters();
      parameters.setSignatureLevel(SignatureLevel.valueByName("PAdES-BASELINE-" + words.get(0).substring(2)));
      parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
      parameters.setSigningCertificate(key.getCertificate());
      parameters.setCertificateChain(Stream.of(key.getCertificateChain()).toArray(CertificateToken[]::new));
      DSSDocument document = new FileDocument(words.get(1));
      DSSDocument signed = service.signDocument(
          document,
          parameters,
          token.sign(service.getDataToSign(document, parameters), DigestAlgorithm.SHA256, key));
      signed.save(words.get(2));
    }
    return "{}";
  }

  private String container(List<String> words) throws Exception {
    char[] password = words.get(6).toCharArray();
    try (Pkcs12SignatureToken token =
        new Pkcs12SignatureToken(words.get(4), new KeyStore.PasswordProtection(password))) {
      if (words.get(0).equals("CAdES")) {
        ASiCWithCAdESSignatureParameters parameters = new ASiCWithCAdESSignatureParameters();
        parameters.aSiC().setContainerType(ASiCContainerType.valueOf(words.get(1)));
        ASiCWithCAdESService service = new ASiCWithCAdESService(verifier());
        service.setTspSource(stamper(words.get(5), password));
        pack(service, parameters, "CAdES", token, words, password);
      } else {
        ASiCWithXAdESSignatureParameters parameters = new ASiCWithXAdESSignatureParameters();
        parameters.aSiC().setContainerType(ASiCContainerType.valueOf(words.get(1)));
        ASiCWithXAdESService service = new ASiCWithXAdESService(verifier());
        service.setTspSource(stamper(words.get(5), password));
        pack(service, parameters, "XAdES", token, words, password);
      }
    }
    return "{}";
  }

  private <P extends AbstractSignatureParameters<?>, T extends SerializableTimestampParameters> void pack(
      MultipleDocumentsSignatureService<P, T> service, P parameters, String form, Pkcs12SignatureToken token,
      List<String> words, char[] password) throws Exception {
    DSSPrivateKeyEntry key = token.getKeys().get(0);
    parameters.setSignatureLevel(SignatureLevel.valueByName(form + "-BASELINE-" + words.get(2).substring(2)));
    parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
    parameters.setSigningCertificate(key.getCertificate());
    parameters.setCertificateChain(Stream.of(key.getCertificateChain()).toArray(CertificateToken[]::new));
    List<DSSDocument> documents =
        words.subList(7, words.size()).stream().map(f -> (DSSDocument) new FileDocument(f)).toList();
    service
        .signDocument(
            documents,
            parameters,
            token.sign(service.getDataToSign(documents, parameters), DigestAlgorithm.SHA256, key))
        .save(words.get(3));
  }

  private static KeyEntityTSPSource stamper(String file, char[] password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(Path.of(file))) {
      store.load(in, password);
    }
    KeyEntityTSPSource source = new KeyEntityTSPSource(store, store.aliases().nextElement(), password);
    source.setTsaPolicy("1.3.6.1.4.1.99999.1");
    return source;
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') json.append('\\').append(c);
      else if (c < ' ') json.append(String.format("\\u%04x", (int) c));
      else json.append(c);
    }
    return json.append('"').toString();
  }
}
