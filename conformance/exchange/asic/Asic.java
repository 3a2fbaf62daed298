import com.helger.asic.AsicReaderFactory;
import com.helger.asic.IAsicReader;
import java.io.ByteArrayOutputStream;
import java.io.File;

/** Reads the ASiC-E file of its argument with ph-asic to its end, and prints each file's name; fails where that does. */
public final class Asic {
  public static void main(String[] args) throws Exception {
    try (IAsicReader reader = AsicReaderFactory.newFactory().open(new File(args[0]))) {
      for (String name; (name = reader.getNextFile()) != null; ) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        reader.writeFile(bytes);
        System.out.println(name + " " + bytes.size());
      }
      System.out.println("certificates: " + reader.getAsicManifest().getCertificateCount());
    }
  }
}
