package io.tokensync.cli.token;

import java.io.PrintStream;
import java.util.List;

import tools.jackson.core.JsonGenerator;

import io.tokensync.cli.output.JsonFormat;
import io.tokensync.cli.output.ListedRows;
import io.tokensync.cli.token.jdbc.TokenTable;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.Unanswered;

/** A report of a token as one JSON object. */
final class TokenJson {
    private TokenJson() {}

    static void print(TokenReport report, PrintStream out) {
        try (JsonGenerator json = JsonFormat.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("token_id", report.tokenId());
            table(json, "held_by", report.holders());
            table(json, "versions", report.versions());
            table(json, "content", report.content());
            members(json, "ancestors", report.ancestors());
            json.writeName("family");
            member(json, report.family());
            report.findings().ifPresentOrElse(found -> findings(json, found), () -> json.writeNullProperty("findings"));
            unanswered(json, report.unanswered());
            report.verifications().ifPresent(table -> table(json, "verifications", table));
            json.writeEndObject();
        }
        out.println();
    }

    private static void table(JsonGenerator json, String name, TokenTable table) {
        json.writeName(name);
        JsonFormat.write(new ListedRows(table.columns(), table.rows()), json);
    }

    private static void members(JsonGenerator json, String name, List<FamilyMember> members) {
        json.writeName(name);
        json.writeStartArray();
        members.forEach(member -> member(json, member));
        json.writeEndArray();
    }

    private static void member(JsonGenerator json, FamilyMember member) {
        json.writeStartObject();
        json.writeStringProperty("token_id", member.tokenId());
        json.writeStringProperty("kind", member.kind());
        json.writeStringProperty("value", member.value());
        json.writeName("holders");
        json.writeStartArray();
        member.holders().forEach(json::writeString);
        json.writeEndArray();
        members(json, "parts", member.parts());
        json.writeBooleanProperty("more_parts", member.moreParts());
        json.writeEndObject();
    }

    private static void findings(JsonGenerator json, List<Finding> findings) {
        json.writeName("findings");
        json.writeStartArray();
        for (Finding finding : findings) {
            json.writeStartObject();
            json.writeStringProperty("kind", finding.kind().code());
            json.writeStringProperty("title", finding.kind().title());
            json.writeStringProperty("explanation", finding.kind().explanation());
            json.writeName("rows");
            JsonFormat.write(new ListedRows(finding.columns(), finding.sample()), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void unanswered(JsonGenerator json, List<Unanswered> unanswered) {
        json.writeName("findings_unanswered");
        json.writeStartArray();
        for (Unanswered missing : unanswered) {
            json.writeStartObject();
            json.writeStringProperty("kind", missing.kind().code());
            json.writeStringProperty("title", missing.kind().title());
            json.writeStringProperty("no_answer", missing.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
