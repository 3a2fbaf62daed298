import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Reads lines "flavour TAB file" from standard input (flavour as veraPDF names it: 3a, ua1, …) and answers each with one line of
 * JSON: {"compliant": true, "claims": "3a", "checks": 1234, "failures": ["6.8-1 …"]} or {"error": "…"}.
 */
public final class VeraPdf {
  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // The library prints; only answers may reach the pipe.
    System.setOut(System.err);
    VeraGreenfieldFoundryProvider.initialise();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] parts = line.split("\t");
      out.println(answer(PDFAFlavour.fromString(parts[0]), new File(parts[1])));
    }
  }

  private static String answer(PDFAFlavour flavour, File file) {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      StringBuilder failures = new StringBuilder();
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() != TestAssertion.Status.FAILED) continue;
        String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
        String text = rule + " " + assertion.getMessage() + " at " + assertion.getLocation().getContext();
        failures.append(failures.length() == 0 ? "" : ",").append(quoted(text));
      }
      return "{\"compliant\":" + result.isCompliant()
          + ",\"claims\":" + quoted(claimed(file))
          + ",\"checks\":" + result.getTotalAssertions()
          + ",\"failures\":[" + failures + "]}";
    } catch (Throwable error) {
      Throwable cause = error;
      while (cause.getCause() != null) cause = cause.getCause();
      return "{\"error\":" + quoted(cause + (cause.getStackTrace().length > 0 ? " at " + cause.getStackTrace()[0] : "")) + "}";
    }
  }

  /** What the file itself says that it is. */
  private static String claimed(File file) throws Exception {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(file)) {
      return parser.getFlavours().isEmpty() ? "none" : parser.getFlavour().getId();
    }
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
