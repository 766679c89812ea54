package io.tokensync.cli.deadletter;

import java.util.concurrent.Callable;

import picocli.CommandLine.Mixin;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.cli.operator.KafkaOptions;
import io.tokensync.cli.output.JsonOption;

/** A command on the topic of dead letters. */
abstract class DeadLetterCommand implements Callable<Integer> {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws Exception {
        check();
        try (KafkaAccess access = kafka.open()) {
            return run(access);
        }
    }

    /** Complains of options before anything is opened. */
    void check() {}

    /** Whether one JSON document is wanted, and nothing else on standard output. */
    final boolean isJson() {
        return json.isAsked();
    }

    abstract int run(KafkaAccess access) throws Exception;
}
