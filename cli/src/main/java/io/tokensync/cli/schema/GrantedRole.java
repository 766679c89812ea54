package io.tokensync.cli.schema;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import io.tokensync.scanner.source.postgres.PostgresSettings;
import io.tokensync.writer.schema.Schema;

/** Who gets rights in a database: of the tokens, or of a node. */
enum GrantedRole {
    WRITER,
    AUDITOR,
    MIGRATOR,
    /** The agent, in the PostgreSQL database of a node of v1. */
    NODE_READER;

    /** The statements that give it the rights it needs, and no more. */
    String script() {
        return switch (this) {
            case WRITER -> Schema.grants(Schema.Role.WRITER);
            case AUDITOR -> Schema.grants(Schema.Role.AUDITOR);
            case MIGRATOR -> Schema.grants(Schema.Role.MIGRATOR);
            case NODE_READER -> PostgresSettings.grants();
        };
    }

    private String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads the value of the option. */
    static final class Converter implements ITypeConverter<GrantedRole> {
        @Override
        public GrantedRole convert(String text) {
            return Arrays.stream(values()).filter(role -> role.option().equals(text)).findFirst()
                    .orElseThrow(() -> new TypeConversionException("expected one of " + Arrays.stream(values())
                            .map(GrantedRole::option).collect(Collectors.joining(", ")) + " but was '" + text + "'"));
        }
    }
}
