package io.tokensync.bench.app;

import java.io.PrintWriter;
import java.io.StringWriter;

import picocli.CommandLine;

/** What a benchmark prints and how it ends, run in this process. */
record BenchOutput(int exitCode, String out, String err) {

    static BenchOutput of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine bench = BenchCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode = bench.execute(arguments);
        return new BenchOutput(exitCode, out.toString(), err.toString());
    }
}
