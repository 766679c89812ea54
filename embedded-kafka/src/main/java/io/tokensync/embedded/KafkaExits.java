package io.tokensync.embedded;

import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker process ends itself when its disk fails or its metadata is damaged. Inside an application that would take
 * everything else with it, without a word; here the failing thread of the broker ends instead, loudly.
 */
final class KafkaExits {
    private static final Logger log = LoggerFactory.getLogger(KafkaExits.class);

    private KafkaExits() {}

    static void keepFromEndingTheProcess() {
        Exit.setExitProcedure(KafkaExits::refuse);
        Exit.setHaltProcedure(KafkaExits::refuse);
    }

    private static void refuse(int status, String message) {
        log.atError().setMessage("the embedded broker has failed and serves no more; see its messages before this one")
                .addKeyValue("status", status).addKeyValue("cause", message).log();
        throw new EmbeddedKafkaException("The embedded broker has failed (status " + status + "): " + message);
    }
}
