import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** What the suite keeps its logs in, in memory: MongoStandIn PORT. It speaks MongoDB's protocol on this machine only. */
public class MongoStandIn {
  public static void main(String[] args) {
    var backend = new Backend();
    backend.version(ServerVersion.MONGO_5_0);
    new MongoServer(backend).bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])));
    System.out.println("ready");
  }

  /** The suite asks a server how old its data may be before it starts. */
  private static class Backend extends MemoryBackend {
    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
      if (!command.equalsIgnoreCase("getParameter")) return super.handleCommand(channel, database, command, query);
      return new Document("featureCompatibilityVersion", new Document("version", "5.0")).append("ok", 1.0);
    }
  }
}
