package io.tokensync.cli.audit.report;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a table of tokens was like.
 *
 * @param asOf when the first question was asked
 * @param until when the last one was answered
 * @param database where the table is, without login
 * @param rowsShown most rows of a kind of finding
 * @param quietHours after how long without news a node counts as gone quiet
 * @param sections the tables, in their order
 */
public record AuditReport(Instant asOf, Instant until, String database, int rowsShown, long quietHours,
        List<Section> sections) {
    /** What findings' codes begin with. */
    public static final String FINDING = "finding.";
    private static final long NO_ANSWER = -1;

    public AuditReport {
        sections = List.copyOf(sections);
    }

    /** The findings that have rows. */
    public List<Section> findings() {
        return sections.stream().filter(section -> section.code().startsWith(FINDING) && section.rowsFound() > 0)
                .toList();
    }

    /** What the table did not answer. */
    public List<Section> unanswered() {
        return sections.stream().filter(section -> section.noAnswer().isPresent()).toList();
    }

    /** The section of this code. */
    public Optional<Section> section(String code) {
        return sections.stream().filter(section -> section.code().equals(code)).findFirst();
    }

    /**
     * SHA-256 over all of it, in hexadecimal: each text with its length before it, lists with theirs. A section without
     * an answer has -1 rows, and the reason at its end.
     */
    public String digest() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, asOf.toString());
            write(out, until.toString());
            write(out, database);
            out.writeInt(rowsShown);
            out.writeLong(quietHours);
            out.writeInt(sections.size());
            for (Section section : sections) {
                write(out, section);
            }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(DataOutputStream out, Section section) throws IOException {
        write(out, section.code());
        write(out, section.title());
        write(out, section.explanation());
        out.writeLong(section.noAnswer().isPresent() ? NO_ANSWER : section.rowsFound());
        write(out, section.columns());
        out.writeInt(section.rows().size());
        for (List<String> row : section.rows()) {
            write(out, row);
        }
        if (section.noAnswer().isPresent()) {
            write(out, section.noAnswer().get());
        }
    }

    private static void write(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            write(out, text);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text == null ? -1 : bytes.length);
        out.write(bytes);
    }
}
