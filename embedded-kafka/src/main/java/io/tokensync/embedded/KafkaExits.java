package io.tokensync.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker process ends itself when its disk fails or its metadata is damaged. Inside an application that would take
 * everything else with it, without a word; here the failing thread of the broker ends instead, loudly, and whoever runs
 * the broker is told. Kafka does not say which broker of the process it was, so all that run are told.
 */
final class KafkaExits {
    private static final Logger log = LoggerFactory.getLogger(KafkaExits.class);
    /** By the broker's directory, which only one broker has at a time. */
    private static final Map<Path, CompletableFuture<Throwable>> WATCHERS = new ConcurrentHashMap<>();

    private KafkaExits() {}

    static void keepFromEndingTheProcess() {
        Exit.setExitProcedure(KafkaExits::reject);
        Exit.setHaltProcedure(KafkaExits::reject);
    }

    /** Completed with the reason when a broker of this process asks for its end, until it is forgotten. */
    static CompletableFuture<Throwable> watch(Path directory) {
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        WATCHERS.put(directory, failed);
        return failed;
    }

    static void forget(Path directory) {
        WATCHERS.remove(directory);
    }

    private static void reject(int status, String message) {
        log.atError().setMessage("the embedded broker has failed and serves no more; see its messages before this one")
                .addKeyValue("status", status).addKeyValue("cause", message).log();
        EmbeddedKafkaException failure = new EmbeddedKafkaException("The embedded broker has failed (status " + status
                + (message == null ? "" : ": " + message)
                + "). Its messages in the log before this say why, often a disk"
                + " that is full or gone.");
        // On other threads: what the watchers do must neither hold up nor break the failing thread of the broker.
        for (CompletableFuture<Throwable> failed : WATCHERS.values()) {
            var _ = failed.completeAsync(() -> failure);
        }
        throw failure;
    }
}
