package io.tokensync.cli.operator;

import java.nio.file.Path;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.common.time.Sleeper;
import io.tokensync.standalone.data.LocalFile;

/** Options that say where the broker is. */
public final class KafkaOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "configuration of a stage in YAML: kafka.*, topics.*; or that of local")
    private Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "data directory of local or demo, which may be running")
    private Path data;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Connects. */
    public KafkaAccess open() throws InterruptedException {
        if ((config == null) == (data == null)) {
            throw new ParameterException(spec.commandLine(),
                    "one of --config FILE and --data DIR says where the broker is");
        }
        if (config != null) {
            data = LocalFile.recognized(config).map(LocalFile::data).orElse(null);
        }
        return data != null
                ? KafkaAccess.dataDirectory(data, spec.commandLine().getErr()::println, Sleeper.system())
                : KafkaAccess.cluster(config, System.getenv());
    }
}
