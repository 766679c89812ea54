package io.tokensync.standalone.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.common.serde.RecordJson;
import io.tokensync.monitor.view.SessionReport;

/** A file for each session of a run, {@code reports/<session>.json}: what {@code tokensync report} prints of it. */
final class SessionReports {
    private final Path directory;

    SessionReports(Path directory) {
        this.directory = directory;
    }

    /** Writes them, in the place of earlier ones of the same sessions; a line on each. */
    List<String> write(List<SessionReport> reports) {
        List<String> lines = new ArrayList<>();
        for (SessionReport report : reports) {
            Path file = directory.resolve(report.sessionId() + ".json");
            try {
                Path unfinished = Files.createTempFile(directory, report.sessionId(), ".part");
                Files.writeString(unfinished, RecordJson.pretty(report) + System.lineSeparator());
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                lines.add("session    " + report.sessionId() + ", report in " + file);
            } catch (IOException e) {
                lines.add("session    " + report.sessionId() + ", whose report cannot be written to " + directory
                        + " (" + e + "): see tokensync report");
            }
        }
        return lines;
    }
}
