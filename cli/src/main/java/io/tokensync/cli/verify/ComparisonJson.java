package io.tokensync.cli.verify;

import java.io.PrintStream;
import java.util.Map;

import tools.jackson.core.JsonGenerator;

import io.tokensync.cli.output.JsonFormat;
import io.tokensync.cli.verify.RowDifference.Kind;
import io.tokensync.cli.verify.jdbc.LatestVerification;
import io.tokensync.scanner.operate.FileDigest;

/** A comparison as one JSON object with all differences, which are written as they are found. */
final class ComparisonJson implements ComparisonOutput {
    private final PrintStream out;
    private final JsonGenerator json;

    ComparisonJson(PrintStream out) {
        this.out = out;
        this.json = JsonFormat.generator(out);
    }

    @Override
    public void begin(Compared compared) {
        json.writeStartObject();
        json.writeBooleanProperty("equal", compared.isEqual());
        json.writeStringProperty("source_ip", compared.node().sourceIp());
        json.writeStringProperty("node_name", compared.node().nodeName());
        copy(compared.copy().digest());
        json.writeObjectPropertyStart("table");
        json.writeStringProperty("place", compared.place());
        json.writeNumberProperty("rows", compared.table().rows());
        json.writeStringProperty("digest", compared.table().digest());
        json.writeEndObject();
        json.writeBooleanProperty("keeps_verifications", compared.keepsVerifications());
        compared.verification().ifPresentOrElse(latest -> verification(compared, latest),
                () -> json.writeNullProperty("verification"));
        json.writeNumberProperty("buckets", compared.table().buckets());
        json.writeNumberProperty("buckets_differing", compared.differing().cardinality());
        json.writeArrayPropertyStart("differences");
    }

    private void copy(FileDigest copy) {
        json.writeObjectPropertyStart("file");
        json.writeStringProperty("path", copy.path());
        json.writeNumberProperty("rows", copy.rows());
        json.writeNumberProperty("rejected", copy.rejected());
        json.writeArrayPropertyStart("unreadable");
        copy.unreadable().forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("digest", copy.digest());
        json.writeEndObject();
    }

    private void verification(Compared compared, LatestVerification latest) {
        json.writeObjectPropertyStart("verification");
        json.writeStringProperty("outcome", latest.outcome());
        json.writeStringProperty("as_of", latest.asOf().toString());
        json.writeStringProperty("verified_at", latest.verifiedAt().toString());
        json.writeNumberProperty("node_rows", latest.nodeRows());
        json.writeNumberProperty("table_rows", latest.tableRows());
        json.writeStringProperty("node_digest", latest.nodeDigest());
        json.writeBooleanProperty("digest_is_that_of_the_file", compared.isVerified(latest));
        json.writeStringProperty("last_equal_as_of",
                latest.lastEqualAsOf() == null ? null : latest.lastEqualAsOf().toString());
        json.writeEndObject();
    }

    @Override
    public void add(RowDifference difference) {
        JsonFormat.writeSome(ComparisonOutput.rows(difference), json);
    }

    @Override
    public void end(Compared compared, Map<Kind, Long> counts) {
        json.writeEndArray();
        counts.forEach((kind, count) -> json.writeNumberProperty(kind.code(), count));
        if (!compared.isEqual()) {
            json.writeStringProperty("advice", String.join(" ", ComparisonText.advice(compared)));
        }
        json.writeEndObject();
        json.close();
        out.println();
    }
}
