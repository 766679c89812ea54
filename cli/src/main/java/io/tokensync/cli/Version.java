package io.tokensync.cli;

import picocli.CommandLine.IVersionProvider;

import io.tokensync.common.metrics.BuildInfo;

/** What {@code --version} prints: the project's version and revision, and the Java that runs it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        BuildInfo build = BuildInfo.current();
        return new String[]{"tokensync " + build.version() + " (revision " + build.revision() + ")",
                "Java " + Runtime.version()};
    }
}
