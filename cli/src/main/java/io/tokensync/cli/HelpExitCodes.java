package io.tokensync.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import picocli.CommandLine;

import io.tokensync.cli.terminal.ExitCode;

/** What the help of every command says of its exit codes. */
final class HelpExitCodes {
    private static final Map<String, String> ALL = all();
    /** Where a code means something of a command's own. */
    private static final Map<String, Map<String, String>> OWN = own();

    private HelpExitCodes() {}

    /** Puts them below the help of this command and of those below it. */
    static CommandLine into(CommandLine root) {
        put("", root);
        return root;
    }

    private static void put(String path, CommandLine command) {
        Map<String, String> codes = new LinkedHashMap<>();
        ALL.forEach((code, meaning) -> {
            String own = OWN.getOrDefault(path, Map.of()).get(code.strip());
            if (own != null || !isOwn(code)) {
                codes.put(code, own == null ? meaning : own);
            }
        });
        command.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes%n").exitCodeList(codes);
        command.getSubcommands().forEach((name, below) -> put((path + " " + name).strip(), below));
    }

    private static boolean isOwn(String code) {
        return code.strip().equals(String.valueOf(ExitCode.INCOMPLETE));
    }

    private static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("  " + ExitCode.DONE, "done");
        all.put("  " + ExitCode.FAILED, "failed; the message says why");
        all.put("  " + ExitCode.USAGE, "wrong option or configuration; nothing was started");
        all.put("  " + ExitCode.INCOMPLETE, "finished, but not with everything");
        all.put(String.valueOf(ExitCode.INTERRUPTED), "ended by Ctrl-C (143: by SIGTERM)");
        return all;
    }

    private static Map<String, Map<String, String>> own() {
        String failed = String.valueOf(ExitCode.FAILED);
        String incomplete = String.valueOf(ExitCode.INCOMPLETE);
        String aside = "finished, but rows were dead-lettered, or databases could not be read";
        return Map.ofEntries(
                Map.entry("", Map.of(incomplete, "finished, but not with everything: see the help of the command")),
                Map.entry("local", Map.of(incomplete, "with --once: " + aside)),
                Map.entry("scanner", Map.of(incomplete, "with --once: " + aside)),
                Map.entry("audit", Map.of(failed,
                        "failed, or a kind was not answered; what the others found is printed", incomplete,
                        "the table was asked, and something was found")),
                Map.entry("audit report", Map.of(failed, "failed, or a kind of finding was not answered, which the "
                        + "report says, or with --verify: the report was altered", incomplete,
                        "with --verify: the table does not give the same now")),
                Map.entry("token", Map.of(failed,
                        "failed, or the token is not known, or a kind of finding was not answered")),
                Map.entry("dlq replay",
                        Map.of(incomplete,
                                "finished, but some name a topic that no stage of this configuration reads")),
                Map.entry("check", Map.of(failed, "something that was tried does not work")),
                Map.entry("topics create", Map.of(failed, "failed, or a topic is not as it should be")),
                Map.entry("schema validate", Map.of(failed, "failed, or something is missing")),
                Map.entry("demo", Map.of(failed, "failed, or the table is wrong")),
                Map.entry("verify", Map.of(incomplete,
                        "with --file and a database: the table differs from the copy; with --wait: some are not equal "
                                + "to the table, or nobody answered in time")));
    }
}
