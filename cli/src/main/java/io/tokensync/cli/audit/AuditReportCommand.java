package io.tokensync.cli.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.cli.about.Libraries;
import io.tokensync.cli.audit.jdbc.ReportTables;
import io.tokensync.cli.audit.report.AuditReport;
import io.tokensync.cli.audit.report.ReportDifferences;
import io.tokensync.cli.audit.report.ReportHtml;
import io.tokensync.cli.audit.report.ReportJson;
import io.tokensync.cli.audit.report.Section;
import io.tokensync.cli.output.WholeFile;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Printable;
import io.tokensync.common.metrics.BuildInfo;
import io.tokensync.monitor.audit.AuditAnswers;
import io.tokensync.monitor.audit.AuditException;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.KindAnswer;
import io.tokensync.monitor.audit.Rows;
import io.tokensync.monitor.audit.Unanswered;
import io.tokensync.monitor.audit.jdbc.AuditDatabase;

/** {@code audit report}: what an auditor keeps, and compares again later. */
@Command(name = "report", mixinStandardHelpOptions = true, description = "Writes what the table says into a file to be kept: completeness by machine, holdings, findings with their rows, unverified content, versions, and a digest over all of it. As a page that can be printed, or as JSON, which --verify compares with the table later.")
public final class AuditReportCommand implements Callable<Integer> {
    private static final int SHOWN = 100;
    /** A report is waited for: each question may take longer than the monitor would let it. */
    private static final Duration LONGEST_QUESTION = Duration.ofHours(6);
    private static final String MORE_TIME = "with as much time as it takes asks: "
            + "tokensync audit --kind KIND --timeout DURATION";

    @Mixin
    private final AuditTarget table = new AuditTarget();

    @Option(names = "--out", paramLabel = "FILE", description = "where it is written: JSON when the name ends with .json, else HTML; repeatable, for the same report in both (default: standard output)")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "JSON on standard output, without --out")
    private boolean json;

    @Option(names = "--rows", paramLabel = "ROWS", description = "most rows of each kind of finding (default: " + SHOWN
            + ")")
    private int shown = SHOWN;

    @Option(names = "--verify", paramLabel = "FILE", description = "writes none: says whether a report in JSON was altered, and what the table gives now that it did not give then")
    private Path verified;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (shown < 1) {
            throw new ParameterException(spec.commandLine(), "--rows must be at least 1");
        }
        try {
            return verified == null ? write() : verify();
        } catch (AuditException e) {
            System.err.println("the table could not be asked: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private int write() throws AuditException {
        AuditTarget.Place place = table.place();
        AuditReport report = report(place, shown, place.quiet());
        if (files.isEmpty()) {
            System.out.print(json ? ReportJson.text(report) : ReportHtml.text(report));
            return complete(report, ExitCode.DONE);
        }
        for (Path file : files) {
            boolean asJson = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
            try (WholeFile out = WholeFile.at(file)) {
                out.out().print(asJson ? ReportJson.text(report) : ReportHtml.text(report));
                out.complete();
            } catch (IOException e) {
                System.err.println(file + " could not be written: " + e.getMessage());
                return ExitCode.FAILED;
            }
            System.out.println(file + " is written");
        }
        int kinds = report.findings().size();
        System.out.println(kinds + (kinds == 1 ? " kind" : " kinds") + " of findings, digest " + report.digest());
        return complete(report, ExitCode.DONE);
    }

    /** The code, unless there is something in the report that the table did not answer. */
    private static int complete(AuditReport report, int code) {
        report.unanswered().forEach(section -> System.err.println("no answer to \"" + section.title() + "\" ("
                + section.code().replace(AuditReport.FINDING, "") + "): " + section.noAnswer().orElseThrow()));
        return report.unanswered().isEmpty() ? code : ExitCode.FAILED;
    }

    private int verify() throws AuditException {
        ReportJson.Stored stored = stored();
        if (stored.isAltered()) {
            System.err.println(verified + " was altered: it says that its digest is " + Printable.line(stored.digest())
                    + ", and what it says has the digest " + stored.report().digest());
            return ExitCode.FAILED;
        }
        AuditReport then = stored.report();
        AuditReport now = report(table.place(), then.rowsShown(), Duration.ofHours(then.quietHours()));
        List<String> lines = ReportDifferences.between(then, now);
        System.out.println(Printable.line(verified + " is as it was written, as of " + then.asOf() + ", digest "
                + stored.digest()));
        if (lines.isEmpty()) {
            System.out.println("the table gives the same now");
            return ExitCode.DONE;
        }
        System.out.println("the table does not give the same now:");
        lines.forEach(line -> System.out.println("  " + Printable.line(line)));
        return complete(now, ExitCode.INCOMPLETE);
    }

    private ReportJson.Stored stored() {
        try {
            return ReportJson.read(Files.readString(verified));
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--verify " + verified + " cannot be read ("
                    + e.getClass().getSimpleName() + ")", e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--verify " + verified + ": " + e.getMessage()
                    + "; name a file that audit report --out FILE.json has written", e);
        }
    }

    private static AuditReport report(AuditTarget.Place place, int rows, Duration quiet) throws AuditException {
        Clock clock = Clock.systemUTC();
        Instant begin = clock.instant();
        List<Section> sections = new ArrayList<>(new ReportTables(place.sql()).ask());
        AuditAnswers answers = new AuditDatabase(place.sql().unhurried(LONGEST_QUESTION), quiet, clock, MORE_TIME)
                .find(List.of(FindingKind.values()), Rows.first(rows));
        sections.addAll(behindHoldings(sections), answers.each().stream().map(AuditReportCommand::section).toList());
        sections.add(versions());
        return new AuditReport(begin, clock.instant(), place.sql().place(), rows, quiet.toHours(), sections);
    }

    private static Section section(KindAnswer answer) {
        FindingKind kind = answer.kind();
        String code = AuditReport.FINDING + kind.code();
        return switch (answer) {
            case Finding finding -> new Section(code, kind.title(), kind.explanation(), finding.rows(),
                    finding.columns(), finding.sample());
            case Unanswered missing -> Section.unanswered(code, kind.title(), kind.explanation(), missing.reason());
        };
    }

    private static int behindHoldings(List<Section> sections) {
        return 1 + sections.stream().map(Section::code).toList().indexOf(ReportTables.HOLDINGS);
    }

    private static Section versions() {
        BuildInfo build = BuildInfo.current();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("tokensync", build.version() + ", revision " + build.revision() + ", " + build.date()));
        rows.add(List.of("Java", Runtime.version().toString()));
        for (Map.Entry<String, String> library : Libraries.versions().entrySet()) {
            rows.add(List.of(library.getKey(), library.getValue()));
        }
        return Section.of("versions", "Versions", "What has asked the table and written this report.",
                List.of("what", "version"), rows);
    }
}
