package io.tokensync.cli.audit.report;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.tokensync.cli.terminal.Printable;

/** The report as a JSON document, and back. */
public final class ReportJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String KIND = "tokensync audit report";
    private static final int FORMAT = 1;
    private static final String NO_ANSWER = "no_answer";

    private ReportJson() {}

    /**
     * A report that was read.
     *
     * @param report what it says
     * @param digest what it says of its digest
     */
    public record Stored(AuditReport report, String digest) {
        /** Whether somebody has changed it since, and left the digest as it was. */
        public boolean isAltered() {
            return !report.digest().equals(digest);
        }
    }

    /** The document. */
    public static String text(AuditReport report) {
        ObjectNode document = JSON.createObjectNode();
        document.put("document", KIND);
        document.put("format", FORMAT);
        document.put("as_of", report.asOf().toString());
        document.put("until", report.until().toString());
        document.put("database", report.database());
        document.put("rows_shown", report.rowsShown());
        document.put("quiet_hours", report.quietHours());
        ArrayNode sections = document.putArray("sections");
        report.sections().forEach(section -> write(section, sections.addObject()));
        document.put("digest", report.digest());
        return Printable.lines(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document)) + "\n";
    }

    private static void write(Section section, ObjectNode object) {
        object.put("section", section.code());
        object.put("title", section.title());
        object.put("explanation", section.explanation());
        if (section.noAnswer().isPresent()) {
            object.putNull("rows_found");
            object.put(NO_ANSWER, section.noAnswer().get());
        } else {
            object.put("rows_found", section.rowsFound());
        }
        ArrayNode columns = object.putArray("columns");
        section.columns().forEach(columns::add);
        ArrayNode rows = object.putArray("rows");
        for (List<String> row : section.rows()) {
            ArrayNode values = rows.addArray();
            row.forEach(values::add);
        }
    }

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException when it is none of these; the message says so
     */
    public static Stored read(String text) {
        try {
            JsonNode document = JSON.readTree(text);
            if (!KIND.equals(document.path("document").asString("")) || document.path("format").asInt(0) != FORMAT) {
                throw new IllegalArgumentException("it is no report that this version has written");
            }
            List<Section> sections = new ArrayList<>();
            document.required("sections").forEach(section -> sections.add(section(section)));
            return new Stored(new AuditReport(Instant.parse(document.required("as_of").asString()),
                    Instant.parse(document.required("until").asString()), document.required("database").asString(),
                    document.required("rows_shown").asInt(), document.required("quiet_hours").asLong(), sections),
                    document.required("digest").asString());
        } catch (JacksonException | DateTimeParseException e) {
            throw new IllegalArgumentException("it is no report, or a part of one (" + e.getClass().getSimpleName()
                    + ")", e);
        }
    }

    private static Section section(JsonNode section) {
        List<List<String>> rows = new ArrayList<>();
        section.required("rows").forEach(row -> rows.add(texts(row)));
        Optional<String> noAnswer = section.optional(NO_ANSWER).map(JsonNode::asString);
        return new Section(section.required("section").asString(), section.required("title").asString(),
                section.required("explanation").asString(),
                noAnswer.isPresent() ? 0 : section.required("rows_found").asLong(), texts(section.required("columns")),
                rows, noAnswer);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(value -> texts.add(value.isNull() ? null : value.asString()));
        return texts;
    }
}
